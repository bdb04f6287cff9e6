import { studentQuantile } from './student-t.ts';

/** One-sided error and power of the question: which change would probably have been seen? */
const alpha = 0.05;
const power = 0.8;

/** Sums of the two quantiles, for each number of pairs: one takes microseconds, and is asked for again and again. */
const known = new Map<number, number>();

/**
 * The smallest change that so many pairs see with 80 % power at a one-sided 5 %: (t₁₋α + t_power) · s / √n, with n − 1 degrees of freedom.
 * The sample-size formula of a paired t test (NIST/SEMATECH e-Handbook, 7.2.2.2); with normal noise the signed-rank test needs 1.05 times
 * the pairs (π/3: Lehmann, Nonparametrics, 1975, 4.2).
 * @param spread standard deviation of the differences; the answer is on its scale (of ln ratios: exp(answer) − 1 is the share)
 * @returns null below two pairs
 * @throws RangeError where the spread is negative or not finite
 */
export function smallestDetectable(spread: number, pairs: number): number | null {
  if (!(spread >= 0 && Number.isFinite(spread))) throw new RangeError(`a spread of ${spread}`);
  if (pairs < 2) return null;
  return (quantiles(pairs) * spread) / Math.sqrt(pairs);
}

function quantiles(pairs: number): number {
  const before = known.get(pairs);
  if (before !== undefined) return before;
  const sum = studentQuantile(1 - alpha, pairs - 1) + studentQuantile(power, pairs - 1);
  known.set(pairs, sum);
  return sum;
}

/**
 * How many pairs would see a change of this size, either way, with the same power: the fewest, from two on. Null: more than `most`.
 * @throws RangeError as `smallestDetectable`, and where the shift is NaN
 */
export function pairsNeeded(spread: number, shift: number, most: number): number | null {
  if (Number.isNaN(shift)) throw new RangeError('pairs for a shift of NaN');
  const sees = (pairs: number) => (smallestDetectable(spread, pairs) ?? Number.POSITIVE_INFINITY) <= Math.abs(shift);
  let enough = Math.floor(most);
  if (!sees(enough)) return null;
  // More pairs always see more, so the fewest are found by halving.
  let tooFew = 1;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (sees(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
