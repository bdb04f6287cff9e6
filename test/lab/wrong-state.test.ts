import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage } from '../../src/lab/engine/build-image.ts';
import { tagImage } from '../../src/lab/engine/images.ts';
import { pullImage, pushImage } from '../../src/lab/engine/transfer-image.ts';
import type { Bench, Lab, LapLab } from '../../src/lab/lab.ts';
import type { Sample } from '../../src/results/sample.ts';
import { planTurns } from '../../src/run/plan.ts';
import { readIgnore } from '../../src/scenario/dockerignore.ts';
import { packContext } from '../../src/scenario/pack-context.ts';
import type { DeployKind, Scenario } from '../../src/scenario/scenario.ts';
import { clock, job, never, openTestLab, rated, runInLab } from './bed.ts';

let lab: Lab;
let scenario: Scenario;

beforeAll(async () => {
  lab = await openTestLab('wrong');
  const links = { uplink: rated(2000), downlink: rated(2000), mirror: rated(4000) };
  scenario = { ...job(), links };
});

afterAll(async () => {
  await lab?.close();
});

/** Runs one variant with something planted into its first lap, before its first deploy. */
async function runWith(plant: (bench: Bench) => Promise<void>, kinds: readonly DeployKind[]): Promise<Sample[]> {
  const turns = planTurns({ rounds: 1, kinds, variants: ['only'], seed: 1 });
  const openLap = async (open: () => Promise<LapLab>, attempt: number): Promise<LapLab> => {
    const lap = await open();
    if (attempt === 1) await plant(lap.bench);
    return lap;
  };
  return await runInLab(lab, scenario, turns, { openLap });
}

/** Builds what the first deploy will build, on the lap's own builder. */
async function buildOn({ builder }: Bench, reference: string): Promise<void> {
  const [variant] = scenario.variants;
  const { tar, dockerfileName } = await packContext({
    ...variant,
    ignore: readIgnore(variant.context, variant.dockerfile),
  });
  const request = { tar, dockerfile: dockerfileName, tag: reference, target: null, buildArgs: {} };
  await buildImage(builder.engine, request, clock, never, () => undefined);
}

async function pushFrom(bench: Bench, repository: string): Promise<void> {
  await buildOn(bench, 'planted:one');
  const name = `${bench.registry.pushPrefix}/${repository}`;
  await tagImage(bench.builder.engine, 'planted:one', name, 'one');
  await pushImage(bench.builder.engine, name, 'one', clock, never);
}

function expectMeasuredAgain(samples: readonly Sample[], claims: readonly string[]): void {
  const [planted, again] = samples;
  expect(planted).toMatchObject({ kind: 'first', attempt: 1, outcome: 'wrong-state' });
  expect(planted?.release?.ms).toBeGreaterThan(0);
  const broken = planted?.evidence.filter((piece) => piece.holds === false).map((piece) => piece.claim);
  expect(broken).toEqual(expect.arrayContaining([...claims]));
  for (const claim of claims) expect(planted?.failure?.message).toContain(claim);
  expect(again).toMatchObject({ kind: 'first', attempt: 2, outcome: 'ok' });
}

test('a builder with a warm cache is named, and the deploy is measured again on a fresh lap', async () => {
  const samples = await runWith((bench) => buildOn(bench, 'planted:one'), ['first']);
  expect(samples).toHaveLength(2);
  expectMeasuredAgain(samples, [
    'the builder has no build cache',
    'the builder has no image',
    'no step came from a cache',
  ]);
});

test('a registry that has the layers', async () => {
  const samples = await runWith((bench) => pushFrom(bench, 'job/only'), ['first']);
  expectMeasuredAgain(samples, ['the registry is empty', 'every layer was pushed']);
});

test('a server that already has the image', async () => {
  const plant = async (bench: Bench): Promise<void> => {
    await pushFrom(bench, 'job/only');
    await pullImage(bench.server.engine, `${bench.registry.pullPrefix}/job/only`, 'one', clock, never);
  };
  const samples = await runWith(plant, ['first', 'code-edit']);
  expectMeasuredAgain(samples, ['the server has no image', 'every layer was pulled']);
  // The lap went on from the deploy that counts.
  expect(samples[2]).toMatchObject({ kind: 'code-edit', attempt: 1, outcome: 'ok' });
});

test('a state that stays wrong is given up after a few attempts, and all of them are kept', async () => {
  const openLap = async (open: () => Promise<LapLab>): Promise<LapLab> => {
    const lap = await open();
    await buildOn(lap.bench, 'planted:one');
    return lap;
  };
  const turns = planTurns({ rounds: 2, kinds: ['first'], variants: ['only'], seed: 1 });
  const samples = await runInLab(lab, scenario, turns, { openLap });
  expect(samples.map(({ round, attempt, outcome }) => [round, attempt, outcome])).toEqual(
    [1, 2, 3].map((attempt) => [1, attempt, 'wrong-state']),
  );
});

test('an edit that does not reach the image is a wrong state, measured again with a new nonce each time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  const dockerfile = join(folder, 'Dockerfile');
  await writeFile(dockerfile, 'FROM debian:bookworm-slim\nCMD ["true"]\n');
  try {
    // This Dockerfile does not copy the file that the edit changes.
    const [variant] = scenario.variants;
    const blind: Scenario = { ...scenario, variants: [{ ...variant, name: 'blind', dockerfile }] };
    const kinds: DeployKind[] = ['first', 'code-edit', 'no-change'];
    const samples = await runInLab(lab, blind, planTurns({ rounds: 1, kinds, variants: ['blind'], seed: 1 }));
    expect(samples.map(({ kind, attempt, outcome }) => [kind, attempt, outcome])).toEqual([
      ['first', 1, 'ok'],
      ...[1, 2, 3].map((attempt) => ['code-edit', attempt, 'wrong-state']),
      ['no-change', 1, 'ok'],
    ]);
    expect(samples[1]?.failure?.message).toContain('the edit reached the image');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
