import type { Marks } from './marks.ts';

export interface SparkPoint {
  /** Null where there is no number. */
  readonly value: number | null;
  /** Points of different groups have scales of their own, and a mark between them. */
  readonly group: string;
}

/** A range narrower than this share of its largest value is drawn as if it were this wide: noise should look flat. */
const leastSpan = 0.1;

/** One character a point, its height among the others of its group; a break where the group changes. */
export function sparkline(points: readonly SparkPoint[], marks: Marks): string {
  let before: string | null = null;
  let line = '';
  for (const { value, group } of points) {
    if (value === null) {
      line += marks.gap;
      continue;
    }
    if (before !== null && before !== group) line += marks.otherMachine;
    before = group;
    line += level(value, valuesOf(points, group), marks);
  }
  return line;
}

function valuesOf(points: readonly SparkPoint[], wanted: string): number[] {
  return points.flatMap(({ value, group }) => (value === null || group !== wanted ? [] : [value]));
}

function level(value: number, all: readonly number[], { levels }: Marks): string {
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const span = Math.max(max - min, leastSpan * Math.abs(max));
  // The middle of the values lies in the middle of the heights, however wide the span is.
  const height = span === 0 ? 0.5 : 0.5 + (value - (min + max) / 2) / span;
  const step = Math.floor(height * levels.length);
  return levels[Math.max(0, Math.min(levels.length - 1, step))] ?? '';
}
