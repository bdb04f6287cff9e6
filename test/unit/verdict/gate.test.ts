import { describe, expect, it } from 'vitest';
import { DeployclockError } from '../../../src/errors.ts';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { GateRecord } from '../../../src/results/run-record.ts';
import { defaultGates } from '../../../src/verdict/default-gates.ts';
import { judgeGates } from '../../../src/verdict/gate.ts';
import { gate, only, slower } from './judged.ts';
import { around, codeEdit, runOf, runOfTimes } from './paired-run.ts';

function errorOf(run: RunFolder, ...gates: GateRecord[]): DeployclockError {
  try {
    judgeGates(run, gates, null);
  } catch (thrown) {
    if (thrown instanceof DeployclockError) return thrown;
  }
  throw new Error('it judged');
}

describe('judgeGates', () => {
  const regressed = runOfTimes(around(1.2, 6));

  it('refuses a run without gates, or with none that is on', () => {
    expect(errorOf(regressed).code).toBe('GATE_INVALID');
    expect(errorOf(regressed).exitCode).toBe(2);
    expect(errorOf(regressed, slower({ level: 'off' })).message).toContain('off');
  });

  it.each(['code-edit.relase', 'new-server.release', 'release', 'image.colour', ''])(
    'refuses "%s": it matches nothing',
    (metric) => {
      const error = errorOf(regressed, slower(), gate(metric, { budget: 1 }));
      expect(error.code).toBe('GATE_INVALID');
      expect(error.message).toContain(`"${metric}"`);
    },
  );

  it('says why a kind was not run', () => {
    const { record } = regressed;
    const skipped = [{ kind: 'dependency-edit', why: 'the scenario has no such edit' }];
    const run = { ...regressed, record: { ...record, plan: { ...record.plan, skipped } } };
    expect(errorOf(run, gate('dependency-edit.build', { budget: 1 })).message).toContain(
      'the scenario has no such edit',
    );
  });

  it.each([
    {},
    { budget: -1 },
    { budget: Number.NaN },
    { maxIncrease: Number.POSITIVE_INFINITY },
    { maxIncrease: 0, floorMs: Number.NaN },
  ])('refuses limits that are none: %j', (limits) =>
    expect(errorOf(regressed, gate('code-edit.build', limits)).code).toBe('GATE_INVALID'),
  );

  it('leaves out what is off', () => {
    const report = judgeGates(regressed, [slower({ level: 'off' }), gate('code-edit.build', { budget: 1e9 })], null);
    expect(only(report)).toMatchObject({ rule: 'budget', outcome: 'pass' });
  });

  it('judges both limits of a gate, the budget first', () => {
    const { results } = judgeGates(regressed, [slower({ budget: 1e9 })], null);
    expect(results.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ['budget', 'pass'],
      ['increase', 'regressed'],
    ]);
  });

  it.each([{ level: 'warn' }, { erratic: true }] as const)('fails nothing by a gate with %j', (changes) => {
    const report = judgeGates(regressed, [slower(changes)], null);
    expect(report).toMatchObject({ outcome: 'pass', results: [{ outcome: 'regressed', fails: false }] });
    const missing = judgeGates(regressed, [gate('code-edit.pull', { budget: 1, ...changes })], null);
    expect(missing).toMatchObject({ outcome: 'pass', results: [{ outcome: 'not-judged', fails: false }] });
    const noisy = judgeGates(runOfTimes(around(1.06, 8, 0.05)), [slower(changes)], null);
    expect(noisy).toMatchObject({ outcome: 'pass', results: [{ outcome: 'inconclusive' }] });
  });

  const failing = { regressed: slower(), over: gate('code-edit.build', { budget: 1 }) };
  const missing = gate('code-edit.pull', { budget: 1 });
  const passing = gate('code-edit.build', { budget: 1e9 });

  it.each([
    ['failed', [passing, missing, failing.regressed]],
    ['failed', [failing.over]],
    ['not-judged', [passing, missing]],
    ['pass', [passing]],
  ] as const)('comes to %s in all', (outcome, gates) => {
    expect(judgeGates(regressed, gates, null).outcome).toBe(outcome);
  });

  it('comes to inconclusive where nothing fails, and to not judged before that', () => {
    const run = runOfTimes(around(1.06, 8, 0.05));
    expect(judgeGates(run, [passing, slower()], null).outcome).toBe('inconclusive');
    expect(judgeGates(run, [passing, slower(), missing], null).outcome).toBe('not-judged');
  });

  it('gives the same report for the same run', () => {
    expect(judgeGates(regressed, defaultGates, null)).toEqual(judgeGates(regressed, defaultGates, null));
  });
});

describe('defaultGates', () => {
  it('hold the code edit to six times, by 5 % and 200 ms', () => {
    expect(defaultGates.map(({ metric }) => metric)).toEqual(
      ['release', 'build', 'push', 'pull', 'stop', 'cold-start'].map((name) => `code-edit.${name}`),
    );
    for (const each of defaultGates) {
      expect(each).toMatchObject({ budget: null, maxIncrease: 0.05, floorMs: 200, level: 'error', erratic: false });
    }
  });

  it('can all be judged', () => {
    const phases = { build: 9000, push: 8000, pull: 7000, stop: 6000, start: 500, ready: 900 };
    const samples = [1, 2, 3, 4, 5, 6].flatMap((round) =>
      ['before', 'after'].map((variant) => codeEdit(variant, { phases }, { round })),
    );
    const { results } = judgeGates(runOf(samples, 6), defaultGates, null);
    expect(results.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'pass'));
  });
});
