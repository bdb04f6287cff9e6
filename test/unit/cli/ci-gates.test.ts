import { describe, expect, it } from 'vitest';
import { ciGates, failsByItself } from '../../../src/cli/ci-gates.ts';
import { gateOn } from '../../../src/scenario/gates.ts';
import type { Gate, Readiness, Scenario } from '../../../src/scenario/scenario.ts';
import { milliseconds } from '../../../src/units.ts';
import { exampleRun, exampleSample } from '../results/example-run.ts';

const http: Readiness = { check: 'http', path: '/', status: 200, body: null, successes: 1, timeout: milliseconds(1) };
const job: Readiness = { check: 'exit', timeout: milliseconds(1) };

function gatesOf(gates: readonly Gate[], ready: Readiness = http, maxSlowdown: string[] = []): string[] {
  const scenario = { gates, ready } as unknown as Scenario;
  return ciGates(scenario, { inconclusive: 'warn', maxSlowdown }).map(
    ({ metric, budget, maxIncrease, level }) => `${metric} ${budget ?? '-'} ${maxIncrease ?? '-'} ${level}`,
  );
}

describe('the gates of ci', () => {
  it('are six unless something is said', () => {
    expect(gatesOf([])).toHaveLength(6);
  });

  it('do not ask a job for its stop, whatever share is given for all', () => {
    expect(gatesOf([], job).filter((gate) => gate.includes('.stop'))).toEqual([]);
    const tenPerCent = gatesOf([], job, ['10%']);
    expect(tenPerCent).toHaveLength(5);
    expect(tenPerCent.every((gate) => gate.includes(' 0.1 '))).toBe(true);
  });

  it('keep the limit to slow-downs beside a budget, at its own level', () => {
    const budget: Gate = { ...gateOn('code-edit.release'), budget: 30_000, level: 'warn' };
    const release = gatesOf([budget]).filter((gate) => gate.startsWith('code-edit.release'));
    expect(release.toSorted((one, other) => one.localeCompare(other))).toEqual([
      'code-edit.release - 0.05 error',
      'code-edit.release 30000 - warn',
    ]);
  });

  it('take a written limit in the place of the usual one, and leave out what is off', () => {
    const own: Gate[] = [
      { ...gateOn('code-edit.build'), maxIncrease: 0.2 },
      { ...gateOn('code-edit.push'), maxIncrease: 0.05, level: 'off' },
    ];
    const gates = gatesOf(own);
    expect(gates.filter((gate) => gate.startsWith('code-edit.build'))).toEqual(['code-edit.build - 0.2 error']);
    expect(gates.filter((gate) => gate.startsWith('code-edit.push'))).toEqual(['code-edit.push - 0.05 off']);
  });
});

describe('a base that could not be deployed', () => {
  const base = (outcome: 'build-failed' | 'lab-failed' | 'wrong-state', code: string) => {
    const failure = { code, message: 'It failed.', excerpt: null };
    return exampleRun([exampleSample({}, { variant: 'before', outcome, failure })]);
  };

  it('failed by itself where its build or its app did, and not where disk, network or engine did', () => {
    expect(failsByItself(base('build-failed', 'BUILD_FAILED'), 'before')).toBe(true);
    expect(failsByItself(base('build-failed', 'NO_SPACE'), 'before')).toBe(false);
    expect(failsByItself(base('lab-failed', 'LAB_FAILED'), 'before')).toBe(false);
    expect(failsByItself(base('wrong-state', 'WRONG_STATE'), 'before')).toBe(false);
  });
});
