import type { Interval } from './interval.ts';
import { normalBelow } from './normal.ts';
import { normalRankCut, rankCut, requireTail } from './rank-cut.ts';
import { requireFinite } from './require-finite.ts';
import { exactSignedRanks, signedRankDistribution, sumsOfSigned } from './signed-rank-distribution.ts';
import { intervalWithout } from './sorted.ts';
import { walshAverages } from './walsh-averages.ts';

/**
 * Where the centre of the differences lies. Each bound is wrong with a probability of at most `tail` (0.025: the two together are a 95 %
 * interval; 0.05: one-sided 95 %). From the exact distribution of Wilcoxon's signed ranks (Hollander & Wolfe, 3.3), beyond 100 numbers
 * from its normal approximation. Null where so few numbers give none (2^-n > tail: five pairs have no 95 % interval, six have).
 * @throws RangeError where a number is not finite, or the tail is not between 0 and 0.5
 */
export function signedRankInterval(differences: readonly number[], tail: number): Interval | null {
  requireTail(tail);
  requireFinite(differences, 'the interval');
  const count = differences.length;
  if (count === 0) return null;
  const cut =
    count <= exactSignedRanks
      ? rankCut(signedRankDistribution(count), tail)
      : normalRankCut((count * (count + 1)) / 4, Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24), tail);
  return cut === null ? null : intervalWithout(cut, walshAverages(differences));
}

/**
 * How likely differences that look at least as much as if they lay above `shift` would be, did they lie around it: Wilcoxon's one-sided
 * p-value. Differences of zero keep their rank and are then left out (Pratt, Remarks on Zeros and Ties in the Wilcoxon Signed Rank
 * Procedures, JASA 54, 1959, 655–667), equal ones share their mean rank, and the distribution is that of these very ranks over all signs.
 * Beyond 100 numbers the normal approximation with continuity correction. 1 where no difference is left.
 * @throws RangeError where a number is not finite
 */
export function signedRankPValue(differences: readonly number[], shift: number): number {
  requireFinite(differences, 'the p-value');
  requireFinite([shift], 'the p-value for a shift');
  const centred = Float64Array.from(differences, (difference) => difference - shift);
  centred.sort((left, right) => Math.abs(left) - Math.abs(right));
  const { ranks, below, plain } = doubledRanks(centred);
  if (centred.length > exactSignedRanks) return normalPValue(ranks, below);
  if (plain) return signedRankDistribution(centred.length)[below / 2] ?? 1;
  let p = 0;
  for (const chance of sumsOfSigned(ranks, below)) p += chance;
  return Math.min(p, 1);
}

interface DoubledRanks {
  /** Of the numbers that are not zero, doubled so that the mean of two ranks is whole. */
  readonly ranks: Int32Array;
  /** Sum over the negative numbers. */
  readonly below: number;
  /** The ranks are 1 to n: nothing is zero, no two are equal. */
  readonly plain: boolean;
}

/** @param sorted by distance from zero */
function doubledRanks(sorted: Float64Array): DoubledRanks {
  const ranks = new Int32Array(sorted.length);
  let kept = 0;
  let below = 0;
  let plain = true;
  for (let first = 0, next = 0; first < sorted.length; first = next) {
    const distance = Math.abs(sorted[first] ?? 0);
    while (next < sorted.length && Math.abs(sorted[next] ?? 0) === distance) next += 1;
    if (next - first > 1 || distance === 0) plain = false;
    if (distance === 0) continue;
    // The ranks first + 1 … next, all of them their mean.
    const doubled = first + 1 + next;
    for (let index = first; index < next; index += 1) {
      ranks[kept] = doubled;
      kept += 1;
      if ((sorted[index] ?? 0) < 0) below += doubled;
    }
  }
  return { ranks: ranks.subarray(0, kept), below, plain };
}

/** With the variance of the ranks as they are, ties and zeros included (Pratt 1959; Lehmann, Nonparametrics, 1975, 3.2). */
function normalPValue(ranks: Int32Array, below: number): number {
  let total = 0;
  let squares = 0;
  for (const rank of ranks) {
    total += rank;
    squares += rank * rank;
  }
  // All is doubled here, the continuity correction of a half too.
  return squares === 0 ? 1 : normalBelow((below + 1 - total / 2) / (Math.sqrt(squares) / 2));
}
