import { median } from './median.ts';
import { requireFinite } from './require-finite.ts';

/** Of a normal distribution the standard deviation is so many times the median absolute deviation: 1 / its 0.75 quantile. */
const toDeviation = 1.4826;

/**
 * A standard deviation that a few far-out numbers do not blow up: 1.4826 × the median distance from the median (Hampel 1974; Rousseeuw &
 * Croux 1993). Null below two numbers.
 * @throws RangeError where one is not finite
 */
export function robustSpread(numbers: readonly number[]): number | null {
  requireFinite(numbers, 'the spread');
  if (numbers.length < 2) return null;
  const middle = median(numbers);
  return toDeviation * median(numbers.map((number) => Math.abs(number - middle)));
}
