import { requireFinite } from './require-finite.ts';
import { middleOf } from './sorted.ts';
import { walshAverages } from './walsh-averages.ts';

/**
 * The centre of the differences: the median of their Walsh averages. As sure as a mean where noise is mild, and close to the median
 * where a few are far out (Hodges & Lehmann 1963; Hollander & Wolfe, Nonparametric Statistical Methods, 3.2).
 * @throws RangeError where there is no number, or one is not finite
 */
export function hodgesLehmann(differences: readonly number[]): number {
  if (differences.length === 0) throw new RangeError('the centre of no numbers');
  requireFinite(differences, 'the centre');
  return middleOf(walshAverages(differences));
}
