import { describe, expect, it } from 'vitest';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { alone, gate, judge, slower } from './judged.ts';
import { around, codeEdit, pairOfSamples, runOf, runOfTimes } from './paired-run.ts';

describe('an increase of a time, in a fixed number of rounds', () => {
  it.each([
    ['regressed', { sort: 'over' }, around(1.2, 6)],
    ['pass', { sort: 'within' }, around(1, 6)],
    [
      'inconclusive',
      { sort: 'cannot-tell', stage: 'once', pairs: 8, detectable: expect.any(Number) },
      around(1.06, 8, 0.05),
    ],
    ['not-judged', { sort: 'too-few-pairs', stage: 'once', pairs: 5, needed: 6, withoutRatio: 0 }, around(1, 5)],
  ] as const)('is %s', (outcome, reason, times) => {
    expect(judge(runOfTimes(times), slower())).toMatchObject({ outcome, reason, rule: 'increase', limit: 0.05 });
  });

  it('has the share over the baseline as its value, and what it was estimated from', () => {
    const result = judge(runOfTimes(around(1.2, 8)), slower());
    expect(result.value).toBeCloseTo(0.2, 2);
    expect(result.change).toMatchObject({ pairs: 8, verdict: 'slower', slower: 8 });
    expect(result.baseline).toEqual({ run: expect.any(String), variant: 'before' });
    expect(result.basis).toEqual({ unit: 'pairs', used: 8, lost: 0, tainted: 0 });
  });

  it('goes by the share and the floor of its gate', () => {
    const run = runOfTimes(around(1.2, 8));
    expect(judge(run, slower({ maxIncrease: 0.3 })).outcome).toBe('pass');
    expect(judge(run, slower({ floorMs: 3000 })).outcome).toBe('pass');
    expect(judge(runOfTimes(around(1.02, 8, 0.001)), slower({ maxIncrease: 0, floorMs: 0 })).outcome).toBe('regressed');
  });

  it('is judged on the pairs there are, and tells the lost and the tainted ones', () => {
    const run = runOfTimes(around(1.2, 8));
    const samples = run.samples.map((sample): Sample => {
      if (sample.round === 2 && sample.variant === 'after') return { ...sample, outcome: 'timed-out' };
      return sample.round < 4 ? { ...sample, tainted: ['a transfer was repeated'] } : sample;
    });
    expect(judge({ ...run, samples }, slower())).toMatchObject({
      outcome: 'regressed',
      basis: { used: 7, lost: 1, tainted: 2 },
    });
  });

  it('counts repeats as pairs', () => {
    const [first, ...others] = around(1.2, 6).map((times, index) => pairOfSamples(times, 1, { repeat: index + 1 }));
    expect(judge(runOf([...(first ?? []), ...others.flat()], 1), slower())).toMatchObject({
      outcome: 'regressed',
      basis: { used: 6 },
    });
  });

  it('says which side has nothing to judge', () => {
    const run = runOfTimes(around(1, 6));
    const without = (variant: string): RunFolder => ({
      ...run,
      samples: run.samples.filter((sample) => sample.variant !== variant),
    });
    for (const variant of ['before', 'after']) {
      expect(judge(without(variant), slower())).toMatchObject({
        outcome: 'not-judged',
        reason: { sort: 'no-sample', kind: 'code-edit', variant },
        fails: true,
      });
    }
    expect(judge(run, gate('code-edit.pull', { maxIncrease: 0 }))).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'no-number', variant: 'before' },
    });
  });

  it('is not judged where both deploys of no round are ok', () => {
    const samples = [...pairOfSamples([1, 1], 1).slice(0, 1), ...pairOfSamples([1, 1], 2).slice(1)];
    expect(judge(runOf(samples, 2), slower())).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'too-few-pairs', pairs: 0, needed: 6 },
      basis: { used: 0, lost: 2 },
    });
  });

  it('passes a time that never was any, and cannot compare one that came from nothing', () => {
    const downtime = (ms: number, variant: string, round: number): Sample =>
      codeEdit(variant, {}, { round, downtime: { ms, resolutionMs: 0 } });
    const run = (after: number): RunFolder =>
      runOf(
        [1, 2, 3, 4, 5, 6].flatMap((round) => [downtime(0, 'before', round), downtime(after, 'after', round)]),
        6,
      );
    const limit = gate('code-edit.downtime', { maxIncrease: 0.05 });
    expect(judge(run(0), limit)).toMatchObject({ outcome: 'pass', value: 0, change: null });
    expect(judge(run(5000), limit)).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'too-few-pairs', pairs: 0, withoutRatio: 6 },
    });
  });

  it('has no baseline in a run of one variant', () => {
    const run = alone([codeEdit('before', { phases: { build: 5 } })]);
    expect(judge(run, slower())).toMatchObject({
      variant: 'before',
      outcome: 'not-judged',
      reason: { sort: 'no-baseline' },
      baseline: null,
      basis: { unit: 'deploys', used: 1 },
    });
  });

  it('is judged once in a run by need as well', () => {
    const run = runOfTimes(around(1.2, 6), { rule: 'until', precision: 0.05, timeBudgetMs: null });
    expect(judge(run, slower())).toMatchObject({ outcome: 'regressed', reason: { sort: 'over' } });
  });
});
