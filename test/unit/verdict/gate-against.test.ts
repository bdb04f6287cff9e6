import { describe, expect, it } from 'vitest';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { judgeGates } from '../../../src/verdict/gate.ts';
import { exampleSample } from '../results/example-run.ts';
import { alone, gate, only, slower } from './judged.ts';
import { around, codeEdit, runOfTimes } from './paired-run.ts';

describe('against another run', () => {
  const facts = (run: RunFolder, sizes: Readonly<Record<string, number>>): RunFolder => ({
    ...run,
    samples: run.samples.map((sample) => ({
      ...sample,
      facts: { ...sample.facts, 'pull.bytes': sizes[sample.variant] ?? null },
    })),
  });
  const here = facts(runOfTimes(around(1, 6)), { before: 100, after: 50 });
  const there: RunFolder = { ...here, record: { ...here.record, id: 'there' } };
  const pulled = gate('code-edit.pull.bytes', { maxIncrease: 0 });

  it('compares the facts of every variant with those of the same name there', () => {
    const old = facts(there, { before: 100, after: 49 });
    expect(judgeGates(here, [pulled], old).results).toMatchObject([
      { variant: 'before', outcome: 'pass', baseline: { run: 'there', variant: 'before' } },
      { variant: 'after', outcome: 'regressed', baseline: { run: 'there', variant: 'after' } },
    ]);
  });

  it('compares with the baseline there where the name is new', () => {
    const single = alone([codeEdit('before', { facts: { 'pull.bytes': 60 } })]);
    const old: RunFolder = { ...single, record: { ...single.record, id: 'there' } };
    expect(judgeGates(here, [pulled], old).results).toMatchObject([
      { variant: 'before', outcome: 'regressed' },
      { variant: 'after', outcome: 'pass', baseline: { run: 'there', variant: 'before' } },
    ]);
  });

  it('never judges times: not of another machine, and not of the same at another time', () => {
    const report = judgeGates(here, [slower()], there);
    expect(report.results[0]).toMatchObject({ outcome: 'not-judged', reason: { sort: 'not-in-turns' }, fails: true });
    expect(report.outcome).toBe('not-judged');
    const moved = { ...there.record, fingerprint: { ...there.record.fingerprint, cpuModel: 'other', cpus: 64 } };
    expect(judgeGates(here, [slower()], { ...there, record: moved }).results[0]).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'other-machine', differs: ['cpuModel', 'cpus'] },
    });
  });

  it('does not judge a scenario by another one', () => {
    const gone = { ...there, record: { ...there.record, scenario: { ...there.record.scenario, name: 'gone' } } };
    for (const each of [slower(), pulled]) {
      expect(judgeGates(here, [each], gone).results[0]).toMatchObject({
        outcome: 'not-judged',
        reason: { sort: 'scenario-vanished', scenario: 'gone' },
      });
    }
  });

  it('says which run lacks what', () => {
    expect(judgeGates(here, [pulled], { ...there, samples: [] }).results[0]?.reason).toEqual({
      sort: 'no-sample',
      run: 'there',
      kind: 'code-edit',
      variant: 'before',
    });
  });

  it('compares an image in the kinds that both runs built one in', () => {
    const image = (kind: string): Sample => exampleSample({ facts: { 'image.bytes': 5 } }, { kind });
    const [both, one] = [alone([image('first'), image('code-edit')]), alone([image('first')])];
    const anyKind = gate('image.bytes', { maxIncrease: 0 });
    expect(only(judgeGates(both, [anyKind], one))).toMatchObject({ outcome: 'pass', kind: 'first' });
    expect(only(judgeGates(both, [anyKind], alone([])))).toMatchObject({ outcome: 'not-judged' });
  });

  it('leaves budgets as they are', () => {
    const report = judgeGates(here, [gate('code-edit.build', { budget: 1 })], there);
    expect(only(report)).toMatchObject({ variant: 'after', outcome: 'over-budget' });
  });
});
