import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Interval } from '../../../src/stats/interval.ts';
import { median } from '../../../src/stats/median.ts';
import { orderEffect } from '../../../src/stats/order-effect.ts';
import { signedRankInterval } from '../../../src/stats/signed-rank.ts';
import { studentQuantile } from '../../../src/stats/student-t.ts';
import { logRatios, type Pair } from '../../../src/verdict/pairs.ts';
import { repeat } from './simulated-pairs.ts';

/** A 95 % interval of ln(variant / baseline). */
export interface IntervalMethod {
  readonly name: string;
  readonly of: (pairs: readonly Pair[]) => Interval | null;
}

export const signedRank: IntervalMethod = {
  name: 'signed rank',
  of: (pairs) => signedRankInterval(logRatios(pairs), 0.025),
};

const pairedT: IntervalMethod = {
  name: 'paired t',
  of: (pairs) => {
    const { mean, variance } = momentsOf(logRatios(pairs));
    return around(mean, studentQuantile(0.975, pairs.length - 1) * Math.sqrt(variance / pairs.length));
  },
};

/** Its degrees of freedom rounded down. */
const welch: IntervalMethod = {
  name: 'Welch',
  of: (pairs) => {
    const [one, other] = logsOf(pairs).map(momentsOf);
    if (one === undefined || other === undefined) return null;
    const degrees =
      ((one.variance + other.variance) ** 2 * (pairs.length - 1)) / (one.variance ** 2 + other.variance ** 2);
    const error = Math.sqrt((one.variance + other.variance) / pairs.length);
    return around(other.mean - one.mean, studentQuantile(0.975, Math.floor(degrees)) * error);
  },
};

const mannWhitney: IntervalMethod = {
  name: 'Mann–Whitney',
  of: (pairs) => {
    const [baseline, variant] = logsOf(pairs);
    return orderEffect(variant, baseline)?.interval ?? null;
  },
};

/** What others judge by. */
export const intervalMethods: readonly IntervalMethod[] = [signedRank, pairedT, welch, mannWhitney];

/** Percentiles of the medians of a thousand samples that are drawn from the pairs themselves. */
export function bootstrapOf(random: RandomGenerator): IntervalMethod {
  const medianOfSample = (logs: readonly number[]): number =>
    median(logs.map(() => logs[uniformInt(random, 0, logs.length - 1)] ?? Number.NaN));
  return {
    name: 'bootstrap of the median',
    of: (pairs) => {
      const logs = logRatios(pairs);
      const medians = repeat(1000, () => medianOfSample(logs)).toSorted((left, right) => left - right);
      return { low: medians[24] ?? Number.NaN, high: medians[975] ?? Number.NaN };
    },
  };
}

function logsOf(pairs: readonly Pair[]): [number[], number[]] {
  return [pairs.map(({ baseline }) => Math.log(baseline)), pairs.map(({ variant }) => Math.log(variant))];
}

function momentsOf(numbers: readonly number[]): { mean: number; variance: number } {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  return { mean, variance: squares / (numbers.length - 1) };
}

function around(middle: number, distance: number): Interval {
  return { low: middle - distance, high: middle + distance };
}
