import type { HistoryRange } from '../results/history-entry.ts';
import { median } from '../stats/median.ts';
import { levelChanges } from './level-changes.ts';
import type { Margin } from './margin.ts';

/** So many runs of one machine are needed before steps in a time are looked for. */
export const leastRuns = 8;

export interface TimePoint {
  /** Milliseconds; null where the run has no such number. */
  readonly value: number | null;
  /** The hash of the run's fingerprint. */
  readonly fingerprint: string;
}

/** A new level of a time that begins with the run at `at`; `from` and `to` are medians of the runs before and after, in milliseconds. */
export interface TimeStep {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Of Pettitt's test: how often runs of one level would look so parted by chance. */
  readonly p: number;
}

/**
 * Steps in a time, in the order of the runs. Only runs of one fingerprint are compared; a change that is not beyond both parts of the margin
 * is none, and its runs go on as part of the level before.
 */
export function timeSteps(points: readonly TimePoint[], margin: Margin): TimeStep[] {
  const machines = [...new Set(points.map(({ fingerprint }) => fingerprint))];
  return machines
    .flatMap((machine) => stepsOfMachine(points, machine, margin))
    .toSorted((one, other) => one.at - other.at);
}

/** The most values that one machine has. */
export function mostOfOneMachine(points: readonly TimePoint[]): number {
  const counts = new Map<string, number>();
  for (const { value, fingerprint } of points) {
    if (value !== null) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

function stepsOfMachine(points: readonly TimePoint[], machine: string, margin: Margin): TimeStep[] {
  const own = points.flatMap(({ value, fingerprint }, at) =>
    value === null || fingerprint !== machine ? [] : [{ value, at }],
  );
  if (own.length < leastRuns) return [];
  const values = own.map(({ value }) => value);
  const changes = levelChanges(values);
  const steps: TimeStep[] = [];
  let begin = 0;
  for (const [index, change] of changes.entries()) {
    const from = median(values.slice(begin, change.at));
    const to = median(values.slice(change.at, changes[index + 1]?.at ?? values.length));
    const run = own[change.at];
    if (run === undefined || !isBeyond(from, to, margin)) continue;
    steps.push({ at: run.at, from, to, p: change.p });
    begin = change.at;
  }
  return steps;
}

function isBeyond(from: number, to: number, { share, floorMs }: Margin): boolean {
  const [less, more] = [Math.min(from, to), Math.max(from, to)];
  return more > less * (1 + share) && more - less > floorMs;
}

/** A change of a fact between one run and the one before it that has the fact. */
export interface FactStep {
  readonly at: number;
  readonly from: HistoryRange;
  readonly to: HistoryRange;
}

/**
 * Facts are exact, so any change between successive runs is a step. Only where a fact differs between the deploys of one run, and the two
 * runs' ranges overlap, is there nothing to tell.
 * @param points null where the run has no such fact
 */
export function factSteps(points: readonly (HistoryRange | null)[]): FactStep[] {
  const steps: FactStep[] = [];
  let from: HistoryRange | null = null;
  for (const [at, to] of points.entries()) {
    if (to === null) continue;
    if (from !== null && (to.min > from.max || to.max < from.min)) steps.push({ at, from, to });
    from = to;
  }
  return steps;
}
