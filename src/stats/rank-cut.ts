import { normalQuantile } from './normal.ts';

/*
 * All intervals here invert a rank test: of the sorted estimates from two numbers each (means, differences, slopes), as many are left
 * out at either end as the test's statistic may count without being surprising (Bauer, Constructing Confidence Sets Using Rank
 * Statistics, Journal of the American Statistical Association 67, 1972, 687–690). With ties the closed interval errs to the safe side.
 */

/**
 * How many to leave out at either end, so that each end is wrong with a probability of at most `tail`; null where even leaving out none
 * is wrong more often.
 * @param cumulative at [k] the chance that the statistic is at most k while the null hypothesis holds
 */
export function rankCut(cumulative: Float64Array, tail: number): number | null {
  let cut = 0;
  while ((cumulative[cut] ?? 1) <= tail) cut += 1;
  // A statistic of at most cut − 1 is rejected: the value number cut, counted from 0, is the first that is not.
  return cut === 0 ? null : cut - 1;
}

/** The same from the normal approximation with continuity correction, for so many numbers that the exact distribution is not worth its time. */
export function normalRankCut(mean: number, deviation: number, tail: number): number | null {
  const largest = Math.floor(mean - 0.5 + deviation * normalQuantile(tail));
  return largest < 0 ? null : largest;
}

/** @throws RangeError where it is not above 0 and below a half */
export function requireTail(tail: number): void {
  if (!(tail > 0 && tail < 0.5)) throw new RangeError(`a tail of ${tail} is not between 0 and 0.5`);
}
