import { describe, expect, it } from 'vitest';
import type { Stopping } from '../../../src/results/run-record.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { compareRun, type VariantMetrics } from '../../../src/verdict/comparison.ts';
import type { TimeChange } from '../../../src/verdict/time-change.ts';
import { exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';
import { around, runOf, runOfTimes, type Times } from './paired-run.ts';

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

  it('has the changes of every variant but the baseline, pair by pair, by the margin it is given', () => {
    const run = runOfTimes(around(1.2, 6));
    const [before, after] = compareRun(run).kinds[1]?.variants ?? [];
    expect(before?.changes).toBeNull();
    expect(after?.changes?.times.build).toMatchObject({ pairs: 6, verdict: 'slower' });
    expect(after?.changes?.times.release).toMatchObject({ pairs: 6, verdict: 'slower' });
    expect(after?.changes?.times.pull).toBeNull();
    const margin = { share: 0.5, floorMs: 200 };
    const lenient = compareRun(run, margin);
    expect(lenient.kinds[1]?.variants[1]?.changes?.times.build?.verdict).toBe('same');
    expect([compareRun(run).margin, lenient.margin]).toEqual([{ share: 0.05, floorMs: 200 }, margin]);
  });

  it('compares facts over all ok samples, also where there is no pair', () => {
    const sized = (variant: string, size: number, changes: Partial<Sample> = {}): Sample =>
      exampleSample({ facts: { 'image.bytes': size } }, { variant, ...changes });
    const samples = [
      sized('before', 9),
      sized('after', 5, { round: 2 }),
      sized('after', 99, { round: 3, outcome: 'crashed' }),
    ];
    const { changes } = metricsOf(samples, 'after', 3);
    expect(changes?.facts['image.bytes']).toMatchObject({ verdict: 'less', variant: { max: 5, samples: 1 } });
    expect(changes?.facts['image.layers']).toBeNull();
    expect(changes?.times.release).toBeNull();
  });

  it('goes by confirming rounds alone where they have enough pairs for an interval', () => {
    const stopping = { rule: 'screen-and-confirm', confirmFrom: 7 } as const;
    const change = (times: readonly Times[]): TimeChange | null | undefined =>
      compareRun(runOfTimes(times, stopping)).kinds[1]?.variants[1]?.changes?.times.build;
    expect(change(around(1.5, 6))?.ratio).toBeCloseTo(1.5, 1);
    const both = change([...around(1.5, 6), ...around(1.2, 6)]);
    expect(both?.pairs).toBe(6);
    expect(both?.ratio).toBeCloseTo(1.2, 1);
    expect(change([...around(1.5, 6), ...around(1.2, 5)])?.ratio).toBeCloseTo(1.5, 1);
  });

  it('misses no turn that a run saved itself', () => {
    const samples = [built(1), built(1, { variant: 'after' }), built(1, { round: 2 })];
    const deploysOf = (stopping: Stopping): { planned: number; missing: number }[] =>
      compareRun(runOf(samples, 9, stopping)).kinds[0]?.variants.map(({ deploys }) => deploys) ?? [];
    expect(deploysOf({ rule: 'fixed' })).toMatchObject([
      { planned: 9, missing: 7 },
      { planned: 9, missing: 8 },
    ]);
    expect(deploysOf({ rule: 'until', precision: 0.05, timeBudgetMs: null })).toMatchObject([
      { planned: 2, missing: 0 },
      { planned: 2, missing: 1 },
    ]);
  });

  it('tells what one more round costs, and how many pairs it brings', () => {
    const at = (round: number, minute: number, repeat = 1): Sample =>
      built(1, { round, repeat, startedAt: `2026-11-23T20:${minute}:00.000Z` });
    const { record } = runOf([], 2);
    const turns = record.plan.turns.flatMap((turn) => [turn, { ...turn, repeat: 2 }]);
    const repeated = { ...record, plan: { ...record.plan, turns } };
    const comparison = compareRun(exampleRun([at(1, 10), at(1, 11, 2), at(2, 13)], { record: repeated }));
    expect(comparison.roundMs).toBe(180_000);
    expect(comparison.kinds[0]?.repeats).toBe(2);
    expect(compareRun(exampleRun([])).roundMs).toBeNull();
  });
});
