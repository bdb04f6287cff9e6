import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Interval } from '../../../src/stats/interval.ts';
import { signedRankDistribution } from '../../../src/stats/signed-rank-distribution.ts';
import { defaultMargin } from '../../../src/verdict/margin.ts';
import { type TimeChange, timeChange } from '../../../src/verdict/time-change.ts';
import { type Cell, measureCell } from './simulated-gates.ts';
import { pairsIn, repeat } from './simulated-pairs.ts';

/** The change of the build that each of so many runs reports. */
export function reportedChanges(cell: Cell, pairs: number, runs: number, random: RandomGenerator): TimeChange[] {
  return repeat(runs, () => {
    const change = timeChange(pairsIn(measureCell(cell, pairs, random), 'build'), defaultMargin);
    if (change === null) throw new RangeError('a run without a pair');
    return change;
  });
}

/** Ranks are whole numbers, so no interval is one of exactly 95 %: this is how often that of so many pairs holds the truth. */
export function exactLevel(pairs: number): number {
  const tails = signedRankDistribution(pairs).filter((tail) => tail <= 0.025);
  return 1 - 2 * (tails.at(-1) ?? Number.NaN);
}

export function holds(interval: Interval | null, truth: number): boolean {
  return interval !== null && interval.low <= truth && truth <= interval.high;
}
