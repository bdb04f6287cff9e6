import { describe, expect, it } from 'vitest';
import { historyEntrySchema } from '../../../src/results/history-entry.ts';
import type { GateRecord } from '../../../src/results/run-record.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { judgeGates } from '../../../src/verdict/gate.ts';
import { historyEntry } from '../../../src/verdict/history-entry.ts';
import { exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';

const rounds = [1, 2, 3, 4, 5, 6, 7];
/** `after` takes half of the time of `before` in each of seven rounds. */
const samples = rounds.flatMap((round) => [
  exampleSample(
    { phases: { build: 10_000 + round, start: 200, ready: 300 }, facts: { 'image.bytes': 9e8 } },
    { round },
  ),
  exampleSample(
    { phases: { build: (10_000 + round) / 2, start: 100, ready: 150 }, facts: { 'image.bytes': 2e8 + round } },
    { round, variant: 'after' },
  ),
]);
const run = exampleRun(samples, { record: exampleRecord(['before', 'after'], rounds.length) });
const entry = historyEntry(run, compareRun(run), null);
const [first, codeEdit] = entry.kinds;
const [before, after] = first?.variants ?? [];

describe('historyEntry', () => {
  it('says which run it was, and may be written as it is', () => {
    expect(historyEntrySchema.parse(entry)).toEqual(entry);
    expect(entry).toMatchObject({
      schema: 1,
      run: run.record.id,
      startedAt: run.record.startedAt,
      scenario: 'node-api',
      toolVersion: '0.1.0',
      command: 'deployclock run node-api',
      git: null,
      rounds: { planned: 7, measured: 7 },
      baseline: 'before',
      gates: null,
    });
    const git = { commit: 'a'.repeat(40), changed: true };
    expect(historyEntry({ ...run, record: { ...run.record, git } }, compareRun(run), null).git).toEqual(git);
  });

  it('keeps the medians of the times and the ranges of the facts, of each variant and kind', () => {
    expect(entry.kinds.map(({ kind }) => kind)).toEqual(['first', 'code-edit']);
    expect(before?.times.build).toEqual({ median: 10_004, samples: 7 });
    expect(before?.times['cold-start']).toEqual({ median: 500, samples: 7 });
    expect(after?.times.release).toEqual({ median: 5252, samples: 7 });
    expect(before?.facts['image.bytes']).toEqual({ min: 9e8, max: 9e8, samples: 7 });
    expect(after?.facts['image.bytes']).toEqual({ min: 2e8 + 1, max: 2e8 + 7, samples: 7 });
  });

  it('has null for what was not measured', () => {
    expect(before?.times.push).toBeNull();
    expect(before?.times.downtime).toBeNull();
    expect(before?.facts['pull.bytes']).toBeNull();
    expect(codeEdit?.variants.map(({ times }) => times.release)).toEqual([null, null]);
    expect(after?.changes?.times.push).toBeNull();
    expect(after?.changes?.facts['pull.bytes']).toBeNull();
  });

  it('keeps the estimates of every variant but the baseline, as they were judged', () => {
    expect(before?.changes).toBeNull();
    const build = after?.changes?.times.build;
    expect(build).toMatchObject({ pairs: 7, verdict: 'faster' });
    expect(build?.ratio).toBeCloseTo(0.5, 12);
    expect(build?.interval?.high).toBeCloseTo(0.5, 12);
    expect(after?.changes?.facts['image.bytes']).toBe('less');
  });

  it('keeps what the gates said', () => {
    const gate: GateRecord = {
      ...{ metric: 'first.build', budget: 4000, maxIncrease: null, floorMs: 200, level: 'error', erratic: false },
    };
    const report = judgeGates(run, [gate], null);
    expect(historyEntry(run, compareRun(run), report).gates).toEqual({
      outcome: 'failed',
      results: [
        {
          ...{ metric: 'first.build', variant: 'after', rule: 'budget', outcome: 'over-budget' },
          ...{ value: 5002, limit: 4000, fails: true },
        },
      ],
    });
  });
});
