import type { HistoryEntry } from '../../../src/results/history-entry.ts';
import type { RunRecord } from '../../../src/results/run-record.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { historyEntry } from '../../../src/verdict/history-entry.ts';
import { type ExampleNumbers, exampleRecord, exampleSample } from './example-run.ts';

export interface ExampleRun {
  /** Of November 2026: the runs of a history are told apart by it. */
  readonly day: number;
  readonly kernel?: string;
  readonly scenario?: string;
  readonly git?: RunRecord['git'];
  /** The samples' numbers by `variant/kind`, each of them a round. */
  readonly numbers?: Readonly<Record<string, readonly ExampleNumbers[]>>;
}

/** The line that a run with these numbers leaves, made as a real one is. */
export function exampleEntry({ day, kernel, scenario, git, numbers = {} }: ExampleRun): HistoryEntry {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  const record = exampleRecord();
  const samples = Object.entries(numbers).flatMap(([place, each]): Sample[] => {
    const [variant = '', kind = ''] = place.split('/');
    return each.map((own, index) => exampleSample(own, { variant, kind, round: index + 1 }));
  });
  const changed: RunRecord = {
    ...record,
    id: `${date}T08-00-00Z-7f3a`,
    startedAt: `${date}T08:00:00.000Z`,
    scenario: { ...record.scenario, name: scenario ?? record.scenario.name },
    fingerprint: { ...record.fingerprint, kernel: kernel ?? record.fingerprint.kernel },
    git: git ?? null,
  };
  const run = { record: changed, samples, warnings: [] };
  return historyEntry(run, compareRun(run), null);
}

/** Runs of successive days, whose code edit of `before` takes so many seconds each. */
export function releasesInSeconds(seconds: readonly number[], changes: Partial<ExampleRun> = {}): HistoryEntry[] {
  return seconds.map((each, index) =>
    exampleEntry({
      day: index + 1,
      git: { commit: `${index + 1}`.repeat(40).slice(0, 40), changed: false },
      numbers: { 'before/code-edit': [{ phases: { build: each * 1000 } }] },
      ...changes,
    }),
  );
}
