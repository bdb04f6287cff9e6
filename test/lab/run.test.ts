import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RawLine } from '../../src/deploy/deploy.ts';
import type { Lab } from '../../src/lab/lab.ts';
import type { Sample } from '../../src/results/sample.ts';
import { planTurns } from '../../src/run/plan.ts';
import { runTurns } from '../../src/run/runner.ts';
import { openWorkspace } from '../../src/run/workspace.ts';
import { clock, never, openTestLab, rated, tiny } from './bed.ts';

let lab: Lab;
let samples: Sample[];
const raw: (readonly RawLine[])[] = [];
const linkRate = 200;

/** One round of a small app whose two Dockerfiles differ in the order of their layers alone, driven once for all tests. */
beforeAll(async () => {
  const scenario = { ...tiny(), links: { uplink: rated(linkRate), downlink: rated(linkRate), mirror: rated(4000) } };
  lab = await openTestLab('run');
  const workspace = await openWorkspace(scenario);
  try {
    samples = await runTurns({
      scenario,
      turns: planTurns(1, ['first', 'code-edit'], ['late', 'early'], 7),
      lab,
      workspace,
      clock,
      signal: never,
      listen: () => undefined,
      begin: async () => undefined,
      keep: async (_, lines) => {
        raw.push(lines);
      },
    });
  } finally {
    await workspace.close();
  }
}, 300_000);

afterAll(async () => {
  await lab?.close();
});

function sampleOf(variant: string, kind: string): Sample {
  const found = samples.find((sample) => sample.variant === variant && sample.kind === kind);
  if (found === undefined) throw new Error(`no sample of ${variant}, ${kind}`);
  return found;
}

test('every deploy is ok, with evidence that holds before and after it', () => {
  expect(samples.map((sample) => [sample.outcome, sample.failure])).toEqual(samples.map(() => ['ok', null]));
  for (const sample of samples) {
    expect(sample.evidence.length).toBeGreaterThan(4);
    expect(sample.evidence.filter((piece) => !piece.holds)).toEqual([]);
    expect(new Set(sample.evidence.map((piece) => piece.when))).toEqual(new Set(['before', 'after']));
  }
});

test('phases and the unattributed rest add up to the release clock, and the rest is below 1 %', () => {
  for (const sample of samples) {
    const phases = Object.values(sample.phases).reduce((sum, phase) => sum + (phase?.ms ?? 0), 0);
    const release = sample.release?.ms ?? Number.NaN;
    expect(phases + (sample.unattributedMs ?? Number.NaN)).toBeCloseTo(release, 3);
    expect(sample.unattributedMs).toBeGreaterThanOrEqual(0);
    expect((sample.unattributedMs ?? Number.NaN) / release).toBeLessThan(0.01);
  }
});

test('a first deploy moves every layer both ways; nothing is stopped', () => {
  for (const variant of ['late', 'early']) {
    const { facts, phases } = sampleOf(variant, 'first');
    expect(facts['push.layers']).toBe(facts['image.layers']);
    expect(facts['pull.layers']).toBe(facts['image.layers']);
    expect(facts['push.bytes']).toBe(facts['image.wireBytes']);
    expect(facts['pull.bytes']).toBe(facts['image.wireBytes']);
    expect(facts['build.cachedSteps']).toBe(0);
    expect(phases.build?.detail?.basePullBytes).toBeGreaterThan(50e6);
    expect(phases.stop).toBeNull();
  }
});

test('after a code edit the order of the layers decides what is built and moved again', () => {
  const late = sampleOf('late', 'code-edit');
  const early = sampleOf('early', 'code-edit');
  const stayed = early.phases.pull?.detail?.layers.filter((layer) => layer.how === 'already-there') ?? [];
  expect(stayed).toHaveLength((early.facts['image.layers'] ?? 0) - 1);
  expect(early.facts).toMatchObject({ 'push.layers': 1, 'pull.layers': 1, 'build.cachedSteps': 2, 'build.steps': 3 });
  expect(late.facts).toMatchObject({ 'push.layers': 2, 'pull.layers': 2, 'build.cachedSteps': 1, 'build.steps': 3 });
  // The 8 MB of random bytes that stand for dependencies travel again in one of them.
  expect(late.facts['push.bytes']).toBeGreaterThan(8e6);
  expect(early.facts['push.bytes']).toBeLessThan(20e3);
  expect(late.phases.build?.detail?.basePullBytes).toBeNull();
  expect(late.phases.build?.detail?.basePullMs).toBeLessThan(100);
  expect(early.phases.stop?.detail?.exitCode).toBe(0);
});

test('a shaped link cannot be beaten, and is kept busy', () => {
  for (const variant of ['late', 'early']) {
    const pull = sampleOf(variant, 'first').phases.pull;
    const atRate = ((pull?.detail?.wireBytes ?? 0) * 8) / (linkRate * 1000);
    expect(pull?.detail?.linkMs).toBeCloseTo(atRate, 3);
    expect(pull?.detail?.transferMs).toBeGreaterThan(atRate * 0.98);
    expect(pull?.detail?.transferMs).toBeLessThan(atRate * 2);
    expect(pull?.ms).toBeGreaterThan((pull?.detail?.transferMs ?? 0) + (pull?.detail?.unpackTailMs ?? 0) - 1);
  }
});

test('build steps lie inside their phase, in order, with the base pull apart', () => {
  const build = sampleOf('early', 'first').phases.build;
  const steps = build?.detail?.steps ?? [];
  expect(steps.filter((step) => step.sort === 'user').map((step) => step.name.replace(/^\[\d\/\d\] /, ''))).toEqual([
    'WORKDIR /app',
    'RUN head -c 8000000 /dev/urandom > dependencies.bin',
    'COPY . .',
  ]);
  for (const step of steps) {
    expect(step.startMs).toBeGreaterThan(0);
    expect((step.startMs ?? Number.NaN) + step.ms).toBeLessThan(build?.ms ?? 0);
  }
  expect(build?.detail?.basePullMs).toBeGreaterThan(100);
  expect(build?.detail?.criticalPathMs).toBeLessThan(build?.ms ?? 0);
});

test('readiness is told apart and knows its resolution', () => {
  for (const { phases } of samples) {
    const detail = phases.ready?.detail;
    expect(detail?.listeningMs).toBeLessThanOrEqual(detail?.firstResponseMs ?? 0);
    expect(detail?.firstResponseMs).toBeLessThanOrEqual(detail?.firstSuccessMs ?? 0);
    expect(detail?.firstSuccessMs).toBeLessThanOrEqual(phases.ready?.ms ?? 0);
    expect(phases.ready?.resolutionMs).toBeLessThan(100);
  }
});

test('the raw record holds the build trace and the ledgers that the numbers came from', () => {
  expect(raw).toHaveLength(4);
  for (const lines of raw) {
    const sources = new Set(lines.map((line) => line.source));
    expect([...sources]).toEqual(expect.arrayContaining(['phase', 'build', 'uplink', 'downlink']));
  }
});
