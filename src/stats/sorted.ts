import type { Interval } from './interval.ts';

/** The median of numbers that are sorted already; NaN where there are none. */
export function middleOf(sorted: Float64Array): number {
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  // Halved before they are added, so that two huge numbers do not overflow.
  return upper === lower ? upper : lower / 2 + upper / 2;
}

/** From the sorted numbers, those that remain when `cut` of them are left out at either end. Null where none was to be: `cut` is then null. */
export function intervalWithout(cut: number | null, sorted: Float64Array): Interval | null {
  const low = cut === null ? undefined : sorted[cut];
  const high = cut === null ? undefined : sorted[sorted.length - 1 - cut];
  return low === undefined || high === undefined ? null : { low, high };
}
