import { type ChangePoint, pettitt } from './pettitt.ts';
import { requireFinite } from './require-finite.ts';

export type { ChangePoint } from './pettitt.ts';

/** The search settles in two or three rounds; a series that keeps it moving to and fro is left as it is then. */
const mostRounds = 10;

/**
 * Where a series takes a new level, by Pettitt's test: first in the whole, then on either side of what is found (binary segmentation:
 * Scott & Knott 1974). Each p-value is that of the test between the neighbouring change points. In order of place.
 * @param alpha the largest p-value that counts; of each stretch, it is not shared out among those that are found
 * @param leastSegment how many values a level has at least
 * @throws RangeError where a value is not finite, alpha is not between 0 and 1, or leastSegment is no whole number from 1 on
 */
export function changePoints(values: readonly number[], alpha: number, leastSegment: number): readonly ChangePoint[] {
  requireFinite(values, 'change points');
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`an alpha of ${alpha} is not between 0 and 1`);
  if (!(Number.isInteger(leastSegment) && leastSegment >= 1)) throw new RangeError(`a level of ${leastSegment} values`);
  const search = { values, alpha, least: leastSegment };
  let found: readonly ChangePoint[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const before = found;
    found = settled(withThoseBetween(before, search), search);
    if (found.length === before.length && found.every((change, index) => change.at === before[index]?.at)) break;
  }
  return found;
}

interface Search {
  readonly values: readonly number[];
  readonly alpha: number;
  readonly least: number;
}

function withThoseBetween(found: readonly ChangePoint[], search: Search): ChangePoint[] {
  const last = changesBetween(found.at(-1)?.at ?? 0, search.values.length, search);
  return [
    ...found.flatMap((change, index) => [...changesBetween(found[index - 1]?.at ?? 0, change.at, search), change]),
    ...last,
  ];
}

function changesBetween(start: number, end: number, search: Search): ChangePoint[] {
  const change =
    significant(pettitt(search.values, start, end, search.least), search.alpha) ?? within(start, end, search);
  if (change === null) return [];
  return [...changesBetween(start, change.at, search), change, ...changesBetween(change.at, end, search)];
}

function significant(change: ChangePoint | null, alpha: number): ChangePoint | null {
  return change !== null && change.p <= alpha ? change : null;
}

/**
 * A level that comes and goes hides in the whole, where there is as much of the old before as after it. It shows in a part: halves, quarters
 * and so on that overlap by half (Kovács, Bühlmann, Li & Munk, Seeded Binary Segmentation, Biometrika 110, 2023, 249–256), each of which
 * has its share of alpha only (Bonferroni).
 */
function within(start: number, end: number, { values, alpha, least }: Search): ChangePoint | null {
  const parts = partsOf(start, end, 2 * least);
  const changes = parts
    .map((part) => significant(pettitt(values, part.start, part.end, least), alpha / parts.length))
    .filter((change) => change !== null);
  return changes.toSorted((left, right) => left.p - right.p)[0] ?? null;
}

function partsOf(start: number, end: number, shortest: number): { readonly start: number; readonly end: number }[] {
  const parts = [];
  for (let pieces = 2; (end - start) / pieces >= shortest; pieces *= 2) {
    const length = (end - start) / pieces;
    for (let half = 0; half <= 2 * (pieces - 1); half += 1) {
      const from = start + (half * length) / 2;
      parts.push({ start: Math.floor(from), end: Math.min(end, Math.ceil(from + length)) });
    }
  }
  return parts;
}

/**
 * Each change point where it stands best between its neighbours, and without those that then are none: the first that is found is drawn
 * away from its place by those that are not found yet (repartition: Bai, Estimating Multiple Breaks One at a Time, Econometric Theory 13,
 * 1997, 315–352).
 */
function settled(found: readonly ChangePoint[], { values, alpha, least }: Search): ChangePoint[] {
  const kept: ChangePoint[] = [];
  for (const index of found.keys()) {
    const end = found[index + 1]?.at ?? values.length;
    const change = significant(pettitt(values, kept.at(-1)?.at ?? 0, end, least), alpha);
    if (change !== null) kept.push(change);
  }
  return kept;
}
