import type { Interval } from './interval.ts';
import { kendallDistribution } from './kendall-distribution.ts';
import { normalRankCut, rankCut } from './rank-cut.ts';
import { requireFinite } from './require-finite.ts';
import { intervalWithout, middleOf } from './sorted.ts';

/** Up to so many values the exact distribution is used, beyond it the normal approximation. */
const exactValues = 100;
const tail = 0.025;

export interface Drift {
  readonly slope: number;
  readonly interval: Interval | null;
}

/**
 * By how much the values grow from one to the next: the median of the slopes between all two of them (Theil 1950), with the 95 % interval
 * of Kendall's test (Sen, Estimates of the Regression Coefficient Based on Kendall's Tau, JASA 63, 1968, 1379–1389; Hollander & Wolfe, 9.3).
 * Null below four values; the interval is null with four, of which none is sure.
 * @throws RangeError where a value is not finite
 */
export function drift(values: readonly number[]): Drift | null {
  requireFinite(values, 'the drift');
  const count = values.length;
  if (count < 4) return null;
  const slopes = new Float64Array((count * (count - 1)) / 2);
  let next = 0;
  for (let later = 1; later < count; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      slopes[next] = ((values[later] ?? 0) - (values[earlier] ?? 0)) / (later - earlier);
      next += 1;
    }
  }
  slopes.sort();
  return { slope: middleOf(slopes), interval: intervalWithout(cutOf(count), slopes) };
}

function cutOf(count: number): number | null {
  if (count <= exactValues) return rankCut(kendallDistribution(count), tail);
  return normalRankCut((count * (count - 1)) / 4, Math.sqrt((count * (count - 1) * (2 * count + 5)) / 72), tail);
}
