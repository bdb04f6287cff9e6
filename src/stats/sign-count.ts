import { requireFinite } from './require-finite.ts';

export interface SignCount {
  readonly below: number;
  readonly above: number;
  readonly equal: number;
}

/**
 * How many differences lie below zero, above it, and on it.
 * @throws RangeError where one is not finite
 */
export function signCount(differences: readonly number[]): SignCount {
  requireFinite(differences, 'the sign');
  const below = differences.filter((difference) => difference < 0).length;
  const above = differences.filter((difference) => difference > 0).length;
  return { below, above, equal: differences.length - below - above };
}
