import type { Interval } from './interval.ts';
import { mannWhitneyDistribution } from './mann-whitney-distribution.ts';
import { normalRankCut, rankCut } from './rank-cut.ts';
import { requireFinite } from './require-finite.ts';
import { intervalWithout, middleOf } from './sorted.ts';

/** Up to so many numbers on either side the exact distribution is used, beyond it the normal approximation. */
const exactNumbers = 50;
const tail = 0.025;

export interface Shift {
  readonly shift: number;
  readonly interval: Interval | null;
}

/**
 * How much higher `one` lies than `other`, two groups that are not paired: the median of all differences (Hodges & Lehmann 1963), with the
 * 95 % interval of the Mann–Whitney test (Moses; Hollander & Wolfe, 4.2 and 4.3). Null where a group is empty; the interval is null where
 * so few numbers give none (three on each side).
 * @throws RangeError where a number is not finite
 */
export function orderEffect(one: readonly number[], other: readonly number[]): Shift | null {
  requireFinite(one, 'the order effect');
  requireFinite(other, 'the order effect');
  if (one.length === 0 || other.length === 0) return null;
  const differences = new Float64Array(one.length * other.length);
  let next = 0;
  for (const left of one) {
    for (const right of other) {
      differences[next] = left - right;
      next += 1;
    }
  }
  differences.sort();
  return { shift: middleOf(differences), interval: intervalWithout(cutOf(one.length, other.length), differences) };
}

function cutOf(one: number, other: number): number | null {
  if (Math.max(one, other) <= exactNumbers) return rankCut(mannWhitneyDistribution(one, other), tail);
  return normalRankCut((one * other) / 2, Math.sqrt((one * other * (one + other + 1)) / 12), tail);
}
