import { median } from './median.ts';
import { requireFinite } from './require-finite.ts';

const limit = 3.5;
/** Of a normal distribution, the median and the mean distance from the centre, in standard deviations. */
const medianDistance = 0.6745;
const meanDistance = 0.797_885;

/**
 * Which numbers lie far out: those whose modified z, 0.6745 × distance from the median / median of these distances, is above 3.5
 * (Iglewicz & Hoaglin, How to Detect and Handle Outliers, 1993). Where more than half are equal that median is 0, and the mean distance
 * takes its place (× 0.7979, as in IBM Cognos Analytics). Marks, drops nothing.
 * @throws RangeError where a number is not finite
 */
export function outliers(numbers: readonly number[]): readonly boolean[] {
  requireFinite(numbers, 'outliers');
  if (numbers.length === 0) return [];
  const middle = median(numbers);
  const distances = numbers.map((number) => Math.abs(number - middle));
  const typical = median(distances) / medianDistance;
  const mean = distances.reduce((sum, distance) => sum + distance / distances.length, 0) / meanDistance;
  const unit = typical === 0 ? mean : typical;
  return distances.map((distance) => distance > limit * unit);
}
