import { type TimeName, timeNames } from '../results/metric-name.ts';
import type { Sample } from '../results/sample.ts';
import { smallestDetectable } from '../stats/detectable.ts';
import { median } from '../stats/median.ts';
import { fewestPairs, looks } from './gate-rule.ts';
import { defaultMargin } from './margin.ts';
import { timeOf } from './metric-value.ts';
import { type Pair, pairsOf, withRatio } from './pairs.ts';
import { type TimeChange, timeChange } from './time-change.ts';

/** The two halves of a run that compares a variant with itself. */
export interface Halves {
  readonly one: string;
  readonly other: string;
}

/** How much a time of one kind varies where nothing differs. */
export interface NoiseFloor {
  readonly kind: string;
  readonly name: TimeName;
  readonly pairs: number;
  /** Of all deploys of both halves that are in the pairs, in milliseconds. */
  readonly medianMs: number;
  /** Robust spread of the logarithms of the ratios: 0.05 is about 5 %. */
  readonly spread: number;
  /** The smallest change, as a share, that so many pairs see with 80 % power: at every look. */
  readonly detectable: readonly { readonly pairs: number; readonly share: number }[];
  /** The other half against the one, which should be no change. */
  readonly change: TimeChange;
}

/** Times that a person waits for or can do something about; downtime is seldom there, and 0 where it is well done. */
export const calibratedTimes: readonly TimeName[] = timeNames.filter((name) => name !== 'downtime');

/** The pairs of one time of a kind, the one half as the baseline. */
export function pairsOfHalves(
  samples: readonly Sample[],
  { one, other }: Halves,
  kind: string,
  name: TimeName,
): readonly Pair[] {
  return pairsOf(samples, { kind, baseline: one, variant: other }, (sample) => timeOf(sample, name));
}

/** Of one time of a kind; null below six pairs, which tell nothing. */
export function noiseFloor(kind: string, name: TimeName, pairs: readonly Pair[]): NoiseFloor | null {
  const usable = withRatio(pairs);
  const change = timeChange(usable, defaultMargin);
  const wide = change?.intervalSpread ?? null;
  if (change === null || change.spread === null || wide === null || usable.length < fewestPairs) return null;
  const { spread } = change;
  return {
    ...{ kind, name, spread, change },
    pairs: usable.length,
    medianMs: median(usable.flatMap(({ baseline, variant }) => [baseline, variant])),
    detectable: looks.map((look) => ({ pairs: look, share: Math.expm1(smallestDetectable(wide, look) ?? 0) })),
  };
}

/** Whether an effect of the order or a drift is to be suspected: its 95 % interval does not hold 1. */
export function isSuspected(effect: TimeChange['orderEffect']): boolean {
  const interval = effect?.interval ?? null;
  return interval !== null && (interval.low > 1 || interval.high < 1);
}
