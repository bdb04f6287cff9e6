import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import type { Sample } from '../../src/results/sample.ts';
import { planTurns } from '../../src/run/plan.ts';
import { builderModes, type DeployKind, type Scenario } from '../../src/scenario/scenario.ts';
import { openTestLab, rated, runInLab, tiny } from './bed.ts';

let lab: Lab;
let samples: Sample[];

/** The same Dockerfile built by a builder of each mode, on a server that replaces its app without a gap. */
beforeAll(async () => {
  lab = await openTestLab('modes');
  const [, early] = tiny().variants;
  if (early === undefined) throw new Error('no variant early');
  const [first, ...others] = builderModes.map((builder) => ({ ...early, name: builder, builder }));
  if (first === undefined) throw new Error('no builder mode');
  const scenario: Scenario = {
    ...tiny(),
    variants: [first, ...others],
    replace: 'start-first',
    links: { uplink: rated(500), downlink: rated(500), mirror: rated(4000) },
  };
  const kinds: DeployKind[] = ['first', 'code-edit', 'rollback'];
  samples = await runInLab(lab, scenario, planTurns({ rounds: 1, kinds, variants: builderModes, seed: 2 }));
}, 600_000);

afterAll(async () => {
  await lab?.close();
});

function sampleOf(variant: string, kind: DeployKind): Sample {
  const found = samples.find((sample) => sample.variant === variant && sample.kind === kind);
  if (found === undefined) throw new Error(`no sample of ${variant}, ${kind}`);
  return found;
}

test('every deploy of every mode is in the state that it claims', () => {
  expect(samples.map(({ outcome, failure }) => [outcome, failure])).toEqual(samples.map(() => ['ok', null]));
  expect(samples).toHaveLength(9);
});

test('a fresh builder takes no step from a cache, and makes new layers of the same files', () => {
  const { facts, evidence } = sampleOf('fresh', 'code-edit');
  expect(facts['build.cachedSteps']).toBe(0);
  expect(facts['push.layers']).toBe(3);
  expect(facts['build.cacheBytes']).toBeNull();
  expect(evidence.map((piece) => piece.claim)).toContain('the builder has no build cache');
});

test('a fresh builder with the registry as its cache takes from there what it can', () => {
  const { facts, phases, evidence } = sampleOf('registry-cache', 'code-edit');
  expect(facts['build.cachedSteps']).toBe(2);
  expect(facts['push.layers']).toBe(1);
  expect(facts['pull.layers']).toBe(1);
  // The 8 MB layer is the parent of the one that is built anew.
  expect(facts['build.cacheBytes']).toBeGreaterThan(8e6);
  expect(phases.build?.detail?.cacheImportMs).toBeGreaterThan(0);
  expect(phases.build?.detail?.cacheExportMs).toBeGreaterThan(0);
  expect(evidence.map((piece) => piece.claim)).toContain('the builder has no image');
  expect(sampleOf('warm', 'code-edit').phases.build?.detail).toMatchObject({
    cacheImportMs: null,
    cacheExportMs: null,
  });
});

test('where the new one starts first, the old one answers until it does, and is stopped after the release clock', () => {
  for (const mode of builderModes) {
    for (const kind of ['code-edit', 'rollback'] as const) {
      const { downtime, phases, release, unattributedMs } = sampleOf(mode, kind);
      expect(downtime?.ms).toBe(0);
      expect(phases.stop?.detail?.exitCode).toBe(0);
      const inside = (['build', 'push', 'pull', 'start', 'ready'] as const).map((name) => phases[name]?.ms ?? 0);
      const claimed = inside.reduce((sum, ms) => sum + ms, 0);
      expect(claimed + (unattributedMs ?? Number.NaN)).toBeCloseTo(release?.ms ?? 0, 3);
      expect(unattributedMs).toBeGreaterThanOrEqual(0);
    }
  }
});
