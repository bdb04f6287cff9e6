import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/results/sample.ts';
import { compareRun, type VariantMetrics } from '../../../src/verdict/comparison.ts';
import { exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';

function metricsOf(samples: readonly Sample[], variant: string, rounds = 1): VariantMetrics {
  const comparison = compareRun(exampleRun(samples, { record: exampleRecord(['before', 'after'], rounds) }));
  const found = comparison.kinds[0]?.variants.find((candidate) => candidate.variant === variant);
  if (found === undefined) throw new Error(`no ${variant}`);
  return found;
}

const built = (ms: number, changes: Partial<Sample> = {}): Sample => exampleSample({ phases: { build: ms } }, changes);

describe('compareRun', () => {
  it('puts the baseline first and keeps the order of the others and of the kinds', () => {
    const record = exampleRecord(['a', 'b', 'c']);
    const comparison = compareRun(
      exampleRun([], { record: { ...record, scenario: { ...record.scenario, baseline: 'c' } } }),
    );
    expect(comparison.variants).toEqual(['c', 'a', 'b']);
    expect(comparison.kinds.map(({ kind }) => kind)).toEqual(['first', 'code-edit']);
    expect(comparison.kinds[0]?.variants.map(({ variant }) => variant)).toEqual(['c', 'a', 'b']);
  });

  it('takes medians over rounds, and their ratio to the median of the baseline', () => {
    const samples = [100, 300, 200].flatMap((ms, index) => [
      built(ms, { round: index + 1 }),
      built(ms / 4, { round: index + 1, variant: 'after' }),
    ]);
    expect(metricsOf(samples, 'before', 3).release).toEqual({ median: 200, samples: 3, ratio: 1 });
    expect(metricsOf(samples, 'after', 3).phases.build).toEqual({ median: 50, samples: 3, ratio: 0.25 });
  });

  it('counts only ok samples in the numbers, and every other by its outcome', () => {
    const samples = [
      built(100),
      built(5, { round: 2, outcome: 'build-failed', release: null }),
      built(9000, { round: 3, outcome: 'wrong-state' }),
    ];
    const metrics = metricsOf(samples, 'before', 4);
    expect(metrics.phases.build).toEqual({ median: 100, samples: 1, ratio: 1 });
    expect(metrics.deploys).toEqual({
      planned: 4,
      ok: 1,
      repeated: 0,
      tainted: 0,
      notOk: [
        { outcome: 'wrong-state', count: 1 },
        { outcome: 'build-failed', count: 1 },
      ],
      missing: 1,
    });
  });

  it('has null for what is missing, and no ratio to what is missing or 0', () => {
    const samples = [
      exampleSample({ facts: { 'build.cachedSteps': 0 } }),
      exampleSample(
        { phases: { pull: 10 }, facts: { 'build.cachedSteps': 3, 'pull.bytes': 5 } },
        { variant: 'after', unattributedMs: null },
      ),
    ];
    const after = metricsOf(samples, 'after');
    expect(after.phases.pull).toEqual({ median: 10, samples: 1, ratio: null });
    expect(after.facts['build.cachedSteps']).toEqual({ varies: false, value: 3, samples: 1, ratio: null });
    expect(after.unattributed).toBeNull();
    expect(after.phases.push).toBeNull();
    expect(after.facts['image.bytes']).toBeNull();
    expect(after.movedBytes).toBeNull();
    expect(after.coldStart).toBeNull();
  });

  it('tells a fact that is the same in every round from one that varies', () => {
    const samples = [10, 30, 20].map((size, index) =>
      exampleSample({ facts: { 'image.bytes': size, 'image.layers': 4 } }, { round: index + 1 }),
    );
    const { facts } = metricsOf(samples, 'before', 3);
    expect(facts['image.layers']).toEqual({ varies: false, value: 4, samples: 3, ratio: 1 });
    expect(facts['image.bytes']).toEqual({ varies: true, median: 20, min: 10, max: 30, samples: 3, ratio: 1 });
  });

  it('adds start and ready, and push and pull, within a sample and not across medians', () => {
    const sample = (start: number, ready: number, round: number): Sample =>
      exampleSample({ phases: { start, ready }, facts: { 'push.bytes': start, 'pull.bytes': ready } }, { round });
    const metrics = metricsOf([sample(1, 300, 1), sample(200, 20, 2), sample(30, 1, 3)], 'before', 3);
    expect(metrics.coldStart?.median).toBe(220);
    expect(metrics.movedBytes).toMatchObject({ min: 31, median: 220, max: 301 });
  });

  it('lists every failure, also one that recorded no reason', () => {
    const failure = { code: 'APP_CRASHED', message: 'It ended.', excerpt: 'why' };
    const comparison = compareRun(
      exampleRun([
        built(1, { outcome: 'crashed', failure }),
        built(1, { variant: 'after', outcome: 'lab-failed', failure: null }),
        built(1, { kind: 'code-edit' }),
      ]),
    );
    expect(comparison.failures).toEqual([
      { variant: 'before', kind: 'first', round: 1, outcome: 'crashed', ...failure },
      {
        variant: 'after',
        kind: 'first',
        round: 1,
        outcome: 'lab-failed',
        code: null,
        message: 'No reason was recorded.',
        excerpt: null,
      },
    ]);
  });

  it('gathers warnings: those of the folder, then each of the samples once with its number of deploys', () => {
    const samples = [
      built(1, { warnings: ['slow', 'odd', 'slow'] }),
      built(1, { variant: 'after', warnings: ['odd'] }),
    ];
    expect(compareRun(exampleRun(samples, { warnings: ['cut off'] })).warnings).toEqual([
      { text: 'cut off', deploys: null },
      { text: 'slow', deploys: 1 },
      { text: 'odd', deploys: 2 },
    ]);
  });

  it('tells planned rounds from measured ones', () => {
    const record = exampleRecord(['before', 'after'], 5);
    const samples = [built(1), built(1, { round: 2 }), built(1, { round: 2, variant: 'after' })];
    expect(compareRun(exampleRun(samples, { record })).rounds).toEqual({ planned: 5, measured: 2 });
  });
});
