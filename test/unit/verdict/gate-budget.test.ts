import { describe, expect, it } from 'vitest';
import type { GateRecord } from '../../../src/results/run-record.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { judgeGates } from '../../../src/verdict/gate.ts';
import { exampleRun, exampleSample } from '../results/example-run.ts';
import { alone, gate, judge } from './judged.ts';
import { codeEdit, pairOfSamples, recordOf, runOf, runOfTimes } from './paired-run.ts';

describe('a budget for a time', () => {
  const budget = (ms: number): GateRecord => gate('code-edit.build', { budget: ms });
  const run = runOfTimes([
    [9000, 1000],
    [9000, 3000],
    [9000, 2000],
  ]);

  it('holds the median, and holds where they are equal', () => {
    expect(judge(run, budget(2000))).toMatchObject({
      variant: 'after',
      rule: 'budget',
      kind: 'code-edit',
      outcome: 'pass',
      reason: { sort: 'within' },
      value: 2000,
      limit: 2000,
      baseline: null,
      change: null,
      basis: { unit: 'deploys', used: 3, lost: 0, tainted: 0 },
      fails: false,
    });
    expect(judge(run, budget(1999))).toMatchObject({ outcome: 'over-budget', reason: { sort: 'over' }, fails: true });
  });

  it('holds for the only variant, and for every one but the baseline', () => {
    expect(judge(alone([codeEdit('before', { phases: { build: 5 } })]), budget(4))).toMatchObject({
      variant: 'before',
      outcome: 'over-budget',
    });
    const three = exampleRun([], { record: recordOf(1, { rule: 'fixed' }, ['a', 'b', 'c']) });
    expect(judgeGates(three, [budget(1)], null).results.map(({ variant }) => variant)).toEqual(['b', 'c']);
  });

  it('is not judged without a deploy that is ok, or without its number', () => {
    const failed = pairOfSamples([1, 1], 1, { outcome: 'crashed' });
    const lacks = { run: run.record.id, kind: 'code-edit', variant: 'after' };
    for (const samples of [[], failed]) {
      expect(judge(runOf(samples, 1), budget(9))).toMatchObject({
        outcome: 'not-judged',
        reason: { sort: 'no-sample', ...lacks },
        value: null,
        fails: true,
      });
    }
    const pulled = [codeEdit('after', { phases: { pull: 1 } })];
    expect(judge(runOf(pulled, 1), budget(9))).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'no-number', ...lacks },
    });
  });

  it('never passes a time that is not a number, nor by a limit that is none', () => {
    expect(judge(runOfTimes([[1, Number.NaN]]), budget(9)).outcome).toBe('not-judged');
    expect(() => judge(run, budget(Number.NaN))).toThrow('not a number');
  });

  it('passes only where most deploys have a time: those that failed may have been the slow ones', () => {
    const ok = pairOfSamples([1, 1], 1);
    const late = pairOfSamples([1, 1], 2, { outcome: 'never-ready', release: null });
    expect(judge(runOf([...ok, ...late], 2), budget(9))).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'too-few-deploys', ok: 1, planned: 2 },
      value: 1,
    });
    expect(judge(runOf([...ok, ...late, ...pairOfSamples([1, 1], 3)], 3), budget(9))).toMatchObject({
      outcome: 'pass',
      basis: { used: 2, lost: 1 },
    });
    expect(judge(runOf([...ok, ...late], 2), budget(0.5)).outcome).toBe('over-budget');
  });

  it('counts tainted deploys, and says so', () => {
    const samples = pairOfSamples([1, 1], 1, { tainted: ['a transfer was repeated'] });
    expect(judge(runOf(samples, 1), budget(9))).toMatchObject({ outcome: 'pass', basis: { used: 1, tainted: 1 } });
  });
});

describe('a budget for a fact', () => {
  const image = (kind: string, size: number | null, build: number | null = 1): Sample =>
    exampleSample(
      { facts: { 'image.bytes': size }, phases: build === null ? {} : { build } },
      { kind, variant: 'after' },
    );
  const budget = (limit: number): GateRecord => gate('image.bytes', { budget: limit });

  it('holds the largest of all kinds that build an image, and names the kind', () => {
    const run = runOf([image('first', 90), image('code-edit', 110)], 1);
    expect(judge(run, budget(110))).toMatchObject({ outcome: 'pass', value: 110, kind: 'code-edit' });
    expect(judge(run, budget(100))).toMatchObject({ outcome: 'over-budget', value: 110, kind: 'code-edit' });
    expect(judge(runOf([image('first', 120), image('code-edit', 110)], 1), budget(100))).toMatchObject({
      value: 120,
      kind: 'first',
    });
  });

  it('asks no kind for an image that builds none', () => {
    const run = runOf([image('first', 90), image('code-edit', null, null)], 1);
    expect(judge(run, budget(100))).toMatchObject({ outcome: 'pass', kind: 'first' });
  });

  it('is not judged where a kind that builds one has none, or no kind builds', () => {
    const broken = { ...image('code-edit', null, null), outcome: 'build-failed' as const };
    expect(judge(runOf([image('first', 90), broken], 1), budget(100))).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'no-sample', kind: 'code-edit' },
    });
    expect(judge(runOf([], 1), budget(100))).toMatchObject({ reason: { sort: 'no-sample', kind: null }, kind: null });
    const pulled = exampleSample({ phases: { pull: 1 } }, { variant: 'after' });
    expect(judge(runOf([pulled], 1), budget(100))).toMatchObject({ reason: { sort: 'no-number', kind: null } });
  });

  it('holds one kind where it names one', () => {
    const run = runOf([image('first', 90), image('code-edit', 110)], 1);
    expect(judge(run, gate('first.image.bytes', { budget: 100 }))).toMatchObject({ outcome: 'pass', value: 90 });
  });
});
