import { smallestDetectable } from '../stats/detectable.ts';
import { drift } from '../stats/drift.ts';
import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import type { Interval } from '../stats/interval.ts';
import { intervalSpread } from '../stats/interval-spread.ts';
import { orderEffect } from '../stats/order-effect.ts';
import { outliers } from '../stats/outliers.ts';
import { robustSpread } from '../stats/robust-spread.ts';
import { signCount } from '../stats/sign-count.ts';
import { signedRankInterval } from '../stats/signed-rank.ts';
import { looks } from './gate-rule.ts';
import type { Margin } from './margin.ts';
import { differences, logRatios, type Pair, withRatio } from './pairs.ts';

/** `same`: any change is smaller than the margin. `unsure`: nothing of all this can be said. */
export type Verdict = 'faster' | 'slower' | 'same' | 'unsure';

/** How a time differs between a variant and the baseline, over their pairs. Below 1, and below 0, is less time. */
export interface TimeChange {
  readonly pairs: number;
  /** variant / baseline: Hodges and Lehmann's estimate on the logarithms. */
  readonly ratio: number;
  /** 95 %; null below six pairs. */
  readonly ratioInterval: Interval | null;
  /** variant − baseline: Hodges and Lehmann's estimate. */
  readonly differenceMs: number;
  readonly differenceInterval: Interval | null;
  /** In how many pairs the variant took less time, more, and just as much. */
  readonly faster: number;
  readonly slower: number;
  readonly equal: number;
  readonly verdict: Verdict;
  /** Robust spread of the logarithms of the ratios: how much a usual pair varies. Null below two pairs. */
  readonly spread: number | null;
  /** The spread that the width of the interval stands for, with pairs far out in it: what precision is computed from. Null below five pairs. */
  readonly intervalSpread: number | null;
  /** The smallest change, as a share, that so many pairs see four times out of five. */
  readonly detectable: number | null;
  /** What more pairs would see, at each look still to come. */
  readonly wouldSee: readonly { readonly pairs: number; readonly detectable: number }[];
  /** Pairs far from the others; they are counted all the same. */
  readonly outliers: readonly { readonly round: number; readonly repeat: number }[];
  /**
   * How much more the variant costs when it goes first, as a ratio. One deploy feeds the next, it is to be suspected, where the interval
   * does not hold 1. Null where one of the two never went first.
   */
  readonly orderEffect: Shift | null;
  /** By what the ratio changes from each pair to the next; it drifts where the interval does not hold 1. Null below four pairs. */
  readonly drift: Shift | null;
}

interface Shift {
  readonly ratio: number;
  readonly interval: Interval | null;
}

/** Each bound is wrong once in forty times: together, a 95 % interval. */
const tail = 0.025;

/** Null where there is no pair. A pair with a time that is not above 0 is none. */
export function timeChange(pairs: readonly Pair[], margin: Margin): TimeChange | null {
  const usable = withRatio(pairs);
  if (usable.length === 0) return null;
  const [logs, gaps] = [logRatios(usable), differences(usable)];
  const logInterval = signedRankInterval(logs, tail);
  const differenceInterval = signedRankInterval(gaps, tail);
  const { below, above, equal } = signCount(gaps);
  const spread = robustSpread(logs);
  const wide = intervalSpread(logs);
  const isOutlier = outliers(logs);
  const when = (baselineFirst: boolean): number[] =>
    logRatios(usable.filter((pair) => pair.baselineFirst === baselineFirst));
  const slope = drift(logs);
  return {
    pairs: usable.length,
    ratio: Math.exp(hodgesLehmann(logs)),
    ratioInterval: exponentials(logInterval),
    differenceMs: hodgesLehmann(gaps),
    differenceInterval,
    faster: below,
    slower: above,
    equal,
    verdict: verdictOf(logInterval, differenceInterval, margin),
    spread,
    intervalSpread: wide,
    detectable: detectableShare(wide, usable.length),
    wouldSee: looks.flatMap((look) => {
      const detectable = look > usable.length ? detectableShare(wide, look) : null;
      return detectable === null ? [] : [{ pairs: look, detectable }];
    }),
    outliers: usable.filter((_, index) => isOutlier[index]).map(({ round, repeat }) => ({ round, repeat })),
    orderEffect: ratioOf(orderEffect(when(false), when(true))),
    drift: slope === null ? null : ratioOf({ shift: slope.slope, interval: slope.interval }),
  };
}

/** On the scale of logarithms a margin is as wide below as above, so that the same numbers the other way round get the same verdict. */
function verdictOf(logs: Interval | null, gaps: Interval | null, { share, floorMs }: Margin): Verdict {
  if (logs === null || gaps === null) return 'unsure';
  const limit = Math.log1p(share);
  if (logs.low > limit && gaps.low > floorMs) return 'slower';
  if (logs.high < -limit && gaps.high < -floorMs) return 'faster';
  return isWithin(logs, limit) || isWithin(gaps, floorMs) ? 'same' : 'unsure';
}

function isWithin({ low, high }: Interval, limit: number): boolean {
  return low > -limit && high < limit;
}

function detectableShare(spread: number | null, pairs: number): number | null {
  const smallest = spread === null ? null : smallestDetectable(spread, pairs);
  return smallest === null ? null : Math.expm1(smallest);
}

function ratioOf(effect: { readonly shift: number; readonly interval: Interval | null } | null): Shift | null {
  return effect === null ? null : { ratio: Math.exp(effect.shift), interval: exponentials(effect.interval) };
}

function exponentials(interval: Interval | null): Interval | null {
  return interval === null ? null : { low: Math.exp(interval.low), high: Math.exp(interval.high) };
}
