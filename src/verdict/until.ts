import type { Sample } from '../results/sample.ts';
import { pairsNeeded } from '../stats/detectable.ts';
import { fewestPairs, looks } from './gate-rule.ts';
import { defaultMargin } from './margin.ts';
import { timeOf } from './metric-value.ts';
import { pairsOf } from './pairs.ts';
import { timeChange } from './time-change.ts';

/** When a run by need has measured enough. */
export interface Until {
  /** The smallest change, as a share, that every release clock shall be able to show; null: as many rounds as there is time for. */
  readonly precision: number | null;
  /** Null: no limit. */
  readonly timeBudgetMs: number | null;
}

/** The most rounds that a run by need makes. */
export const mostRounds = looks.at(-1) ?? 0;

/** How well a run's least known release clock is known. */
interface Known {
  readonly kind: string;
  readonly variant: string;
  readonly pairs: number;
  /** Robust spread of the logarithms of the ratios. */
  readonly spread: number;
  /** As a share; see `TimeChange.detectable`. */
  readonly detectable: number;
  /** Rounds in all that the wanted precision needs; null: more than `mostRounds`, or none is wanted. */
  readonly roundsNeeded: number | null;
}

/** What is known after so many rounds, and whether another one is made. */
export interface UntilLook {
  readonly rounds: number;
  readonly says: 'too-few' | 'going-on' | 'reached' | 'out-of-reach' | 'no-time' | 'all-made';
  readonly goesOn: boolean;
  /** Null below six pairs. */
  readonly known: Known | null;
  readonly msEach: number;
}

export interface MeasuredSoFar {
  readonly samples: readonly Sample[];
  /** The baseline first. */
  readonly variants: readonly string[];
  readonly kinds: readonly string[];
  /** Whole rounds so far, the time since the first of them began, and that since the run did. */
  readonly rounds: number;
  readonly roundsMs: number;
  readonly elapsedMs: number;
}

/**
 * Whether to make another round. Time is looked at after every one, since it says nothing of the result; the precision only after 6, 10, 15
 * and 20 of them, because a run that stops as soon as it likes what it sees finds differences where there are none. A precision that is out of
 * reach ends the run, unless a time budget says how long it may try.
 */
export function lookAt(measured: MeasuredSoFar, { precision, timeBudgetMs }: Until): UntilLook {
  const { rounds, roundsMs, elapsedMs } = measured;
  const known = leastKnown(measured, precision);
  const msEach = rounds === 0 ? 0 : roundsMs / rounds;
  const look = (says: UntilLook['says'], goesOn: boolean): UntilLook => ({ rounds, says, goesOn, known, msEach });
  if (rounds >= mostRounds) return look(known !== null && isReached(known, precision) ? 'reached' : 'all-made', false);
  const wants = looks.includes(rounds) && precision !== null && known !== null;
  if (wants && isReached(known, precision)) return look('reached', false);
  if (timeBudgetMs !== null && rounds > 0 && elapsedMs + msEach > timeBudgetMs) return look('no-time', false);
  if (wants && known.roundsNeeded === null) return look('out-of-reach', timeBudgetMs !== null);
  return look(known === null ? 'too-few' : 'going-on', true);
}

function isReached({ detectable }: Known, precision: number | null): boolean {
  return precision !== null && detectable <= precision;
}

/** The release clock of which the least is known; null until every one of them has six pairs. */
function leastKnown({ samples, variants, kinds, rounds }: MeasuredSoFar, precision: number | null): Known | null {
  const [baseline, ...others] = variants;
  if (baseline === undefined) return null;
  const all = kinds.flatMap((kind) =>
    others.map((variant): Known | null => {
      const pairs = pairsOf(samples, { kind, baseline, variant }, (sample) => timeOf(sample, 'release'));
      const change = timeChange(pairs, defaultMargin);
      const { spread, intervalSpread, detectable } = change ?? {};
      if (
        change === null ||
        change.pairs < fewestPairs ||
        spread == null ||
        intervalSpread == null ||
        detectable == null
      )
        return null;
      const perRound = change.pairs / rounds;
      const most = Math.floor(mostRounds * perRound);
      const needed = precision === null ? null : pairsNeeded(intervalSpread, Math.log1p(precision), most);
      const roundsNeeded = needed === null ? null : Math.ceil(needed / perRound);
      return { kind, variant, pairs: change.pairs, spread, detectable, roundsNeeded };
    }),
  );
  const known = all.filter((each) => each !== null);
  if (known.length < all.length) return null;
  return known.reduce<Known | null>(
    (least, next) => (least === null || next.detectable > least.detectable ? next : least),
    null,
  );
}
