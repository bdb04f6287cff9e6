import { signedRankInterval } from './signed-rank.ts';
import { studentQuantile } from './student-t.ts';

const tail = 0.05;

/**
 * The standard deviation that normal differences would have whose mean is known as well as the centre of these: half the width of the
 * one-sided bounds of 95 %, times √n / t₀.₉₅ with n − 1 degrees of freedom. Unlike a spread that looks away from the numbers far out, it
 * knows what they cost. Null below five numbers.
 * @throws RangeError where one is not finite
 */
export function intervalSpread(differences: readonly number[]): number | null {
  const interval = signedRankInterval(differences, tail);
  if (interval === null) return null;
  const half = (interval.high - interval.low) / 2;
  return (half * Math.sqrt(differences.length)) / studentQuantile(1 - tail, differences.length - 1);
}
