export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** The intervals with overlapping ones joined, in order. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((left, right) => left.start - right.start)) {
    const last = merged.at(-1);
    if (last !== undefined && next.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    } else {
      merged.push(next);
    }
  }
  return merged;
}

/** Total length of the union; null for no interval at all. */
export function unionLength(intervals: readonly Interval[]): number | null {
  if (intervals.length === 0) return null;
  return mergeIntervals(intervals).reduce((sum, interval) => sum + interval.end - interval.start, 0);
}
