import { describe, expect, it } from 'vitest';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { Phases, Sample } from '../../../src/results/sample.ts';
import { type Expectation, judgePlants } from '../../../src/verdict/plants.ts';
import { exampleRecord, exampleSample } from '../results/example-run.ts';
import { around } from './paired-run.ts';

const names = ['control', 'identical', 'slow'];
const identical: Expectation = { variant: 'identical', planted: [], follows: [] };
const slow: Expectation = {
  variant: 'slow',
  planted: [{ metric: 'pull', size: { sort: 'link' } }],
  follows: [{ metric: 'release', why: 'it holds the pull' }],
};

/** So many pairs in which every phase takes about 2 s; the slow variant's pull, and the link's part of it, so much longer. */
function runWith(pairs: number, ratio: number, over: (sample: Sample) => Sample = (sample) => sample): RunFolder {
  const samples = around(1, pairs).flatMap(([one, other], index) =>
    names.map((variant, order) => {
      const ms = (variant === 'control' ? one : other) / 5;
      const pull = variant === 'slow' ? ms * ratio : ms;
      const phases = { build: ms, push: ms, pull, stop: ms, start: ms, ready: ms };
      const sample = exampleSample(
        { phases },
        { variant, kind: 'code-edit', repeat: index + 1, order: 3 * index + order },
      );
      return over({ ...sample, phases: withLink(sample.phases, variant === 'slow' ? 1600 * ratio : 1600) });
    }),
  );
  return { record: exampleRecord(names), samples, warnings: [] };
}

function withLink(phases: Phases, linkMs: number): Phases {
  const { pull } = phases;
  const detail = { layers: [], wireBytes: 20_000_000, transferMs: linkMs + 20, linkMs, unpackTailMs: 100 };
  return pull === null ? phases : { ...phases, pull: { ...pull, detail } };
}

describe('judgePlants', () => {
  it('finds a plant, with its size by the link, and nothing else', () => {
    const report = judgePlants(runWith(10, 1.3), 'code-edit', [identical, slow]);
    expect(report.findings).toMatchObject([{ variant: 'slow', metric: 'pull', found: true, atLeast: false }]);
    expect(report.findings[0]?.plantedMs).toBeCloseTo(480);
    expect(report.findings[0]?.change?.ratio).toBeCloseTo(1.3, 1);
    expect(report.passed).toBe(true);
    expect(report.transferShare).toBeCloseTo(0.8, 1);
    expect(report.notAsked).toEqual([{ variant: 'slow', metric: 'release', why: 'it holds the pull' }]);
    const untouched = report.untouched.map(({ variant, metric }) => `${variant}.${metric}`);
    expect(untouched).toHaveLength(8 + 6);
    expect(untouched).toContain('identical.release');
    expect(untouched).not.toContain('slow.release');
    expect(untouched).not.toContain('slow.pull');
  });

  it('does not pass where a plant is not found', () => {
    const report = judgePlants(runWith(10, 1.03), 'code-edit', [identical, slow]);
    expect(report.findings).toMatchObject([{ found: false, change: { verdict: 'same' } }]);
    expect(report.passed).toBe(false);
  });

  it('does not pass where something is found that was not planted', () => {
    const nothing: Expectation = { ...slow, planted: [] };
    const report = judgePlants(runWith(10, 1.3), 'code-edit', [identical, nothing]);
    expect(report.untouched.filter(({ alarm }) => alarm)).toMatchObject([{ variant: 'slow', metric: 'pull' }]);
    expect(report.passed).toBe(false);
  });

  it('takes a faster time for an alarm, too', () => {
    const nothing: Expectation = { ...slow, planted: [] };
    const report = judgePlants(runWith(10, 0.7), 'code-edit', [nothing]);
    expect(report.untouched.filter(({ alarm }) => alarm)).toMatchObject([
      { metric: 'pull', change: { verdict: 'faster' } },
    ]);
  });

  it('takes what could not be compared for no proof of silence', () => {
    const withoutStop = (sample: Sample): Sample => ({ ...sample, phases: { ...sample.phases, stop: null } });
    const report = judgePlants(runWith(10, 1.3, withoutStop), 'code-edit', [identical, slow]);
    expect(report.findings.every(({ found }) => found)).toBe(true);
    expect(report.untouched.filter(({ told }) => !told).map(({ metric }) => metric)).toEqual(['stop', 'stop']);
    expect(report.passed).toBe(false);
    expect(judgePlants(runWith(5, 1.3), 'code-edit', [identical, slow]).passed).toBe(false);
  });
});
