import { type ChangePoint, changePoints } from '../stats/change-points.ts';

/** So many values lie on each side of a change at least. */
const leastOnEachSide = 3;

/** Of the series without a change, at most so many are said to have one: test/unit/verdict/level-changes.test.ts. */
export const falseChanges = 0.05;

/** Of each of the many looks at a growing series; with 0.05, a series of forty would show a false change every fifth time. */
const alphaOfLook = 0.01;

/**
 * Where a series takes a new level. Pettitt's test over a whole series is blind for a change that was taken back: of slow spells of 6 values
 * among 20 it finds one in ten. So the series is first gone through as it grew, at a strict level, which finds nine of those ten; then each
 * stretch between two changes is tested as a whole.
 */
export function levelChanges(values: readonly number[]): ChangePoint[] {
  const found = settled(values, growingChanges(values));
  const starts = [0, ...found.map(({ at }) => at)];
  const inside = starts.flatMap((start, index) => changesIn(values, start, starts[index + 1], falseChanges));
  return [...found, ...inside].toSorted((one, other) => one.at - other.at);
}

/** Places at which the series, as far as it was known, took a new level. */
function growingChanges(values: readonly number[]): number[] {
  const places: number[] = [];
  for (let end = 2 * leastOnEachSide; end <= values.length; end += 1) {
    places.push(...changesIn(values, places.at(-1) ?? 0, end, alphaOfLook).map(({ at }) => at));
  }
  return places;
}

/** What was seen after the first few values of a new level is looked at again with all of them: it moves to its place, or goes. */
function settled(values: readonly number[], places: readonly number[]): ChangePoint[] {
  const kept: ChangePoint[] = [];
  for (const index of places.keys()) {
    const changes = changesIn(values, kept.at(-1)?.at ?? 0, places[index + 1], alphaOfLook);
    const [strongest] = changes.toSorted((one, other) => one.p - other.p);
    if (strongest !== undefined) kept.push(strongest);
  }
  return kept;
}

function changesIn(values: readonly number[], start: number, end: number | undefined, alpha: number): ChangePoint[] {
  const changes = changePoints(values.slice(start, end), alpha, leastOnEachSide);
  return changes.map(({ at, p }) => ({ at: start + at, p }));
}
