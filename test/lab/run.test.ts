import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RawLine } from '../../src/deploy/raw-lines.ts';
import type { Lab } from '../../src/lab/lab.ts';
import type { Sample } from '../../src/results/sample.ts';
import { planTurns } from '../../src/run/plan.ts';
import { type DeployKind, deployKinds } from '../../src/scenario/scenario.ts';
import { openTestLab, rated, runInLab, tiny } from './bed.ts';

let samples: Sample[];
let lab: Lab;
const raw: (readonly RawLine[])[] = [];
const linkRate = 200;

/** One round of a small app whose two Dockerfiles differ in the order of their layers alone, driven once for all tests. */
beforeAll(async () => {
  const scenario = { ...tiny(), links: { uplink: rated(linkRate), downlink: rated(linkRate), mirror: rated(4000) } };
  lab = await openTestLab('run');
  const plan = { rounds: 1, kinds: deployKinds, repeats: { 'code-edit': 2 }, variants: ['late', 'early'], seed: 7 };
  samples = await runInLab(lab, scenario, planTurns(plan), { keep: (_, lines) => raw.push(lines) });
}, 300_000);

afterAll(async () => {
  await lab?.close();
});

function sampleOf(variant: string, kind: DeployKind): Sample {
  const found = samples.find((sample) => sample.variant === variant && sample.kind === kind);
  if (found === undefined) throw new Error(`no sample of ${variant}, ${kind}`);
  return found;
}

test('every deploy is ok, with evidence that holds before and after it', () => {
  expect(samples.map((sample) => [sample.outcome, sample.failure])).toEqual(samples.map(() => ['ok', null]));
  expect(samples).toHaveLength(14);
  for (const sample of samples) {
    expect(sample.evidence.length).toBeGreaterThanOrEqual(4);
    expect(sample.evidence.filter((piece) => piece.holds !== true)).toEqual([]);
    expect(sample.tainted).toEqual([]);
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

test('a dependency edit lies on top of the code edit, and builds what follows it again', () => {
  const late = sampleOf('late', 'dependency-edit');
  const early = sampleOf('early', 'dependency-edit');
  // In this small app both lie in the layer that COPY makes.
  expect(early.facts).toMatchObject({ 'push.layers': 1, 'pull.layers': 1 });
  expect(late.facts).toMatchObject({ 'push.layers': 2, 'pull.layers': 2 });
});

test('what has not changed moves no layer, and is started again all the same', () => {
  for (const variant of ['late', 'early']) {
    const { facts, phases, downtime } = sampleOf(variant, 'no-change');
    expect(facts).toMatchObject({ 'push.layers': 0, 'pull.layers': 0, 'push.bytes': 0, 'pull.bytes': 0 });
    expect(facts['build.cachedSteps']).toBe(facts['build.steps']);
    expect(phases.stop).not.toBeNull();
    expect(downtime?.ms).toBeGreaterThan(0);
  }
});

test('a new server fetches every layer, builds and pushes nothing, and stops nothing', () => {
  for (const variant of ['late', 'early']) {
    const { facts, phases, downtime } = sampleOf(variant, 'new-server');
    expect(facts['pull.layers']).toBe(facts['image.layers']);
    expect(facts['pull.bytes']).toBe(facts['image.wireBytes']);
    expect([phases.build, phases.push, phases.stop, downtime]).toEqual([null, null, null, null]);
  }
});

test('a rollback fetches a manifest at most, and is over in a moment', () => {
  for (const variant of ['late', 'early']) {
    const { facts, phases, evidence } = sampleOf(variant, 'rollback');
    expect(facts).toMatchObject({ 'pull.layers': 0, 'pull.bytes': 0 });
    expect([phases.build, phases.push]).toEqual([null, null]);
    expect(phases.pull?.ms).toBeLessThan(1000);
    expect(evidence.map((piece) => piece.claim)).toContain('the server has run the release to go back to');
  }
});

test('downtime spans the stop and the start of the new one, and the stop knows its grace period', () => {
  for (const variant of ['late', 'early']) {
    const { downtime, phases } = sampleOf(variant, 'code-edit');
    const { stop, start, ready } = phases;
    const around = (stop?.ms ?? 0) + (start?.ms ?? 0) + (ready?.ms ?? 0);
    expect(downtime?.ms).toBeGreaterThan((start?.ms ?? 0) + (ready?.detail?.firstSuccess?.ms ?? 0) - 1);
    expect(downtime?.ms).toBeLessThan(around + 100);
    expect(stop?.detail).toMatchObject({ gracePeriodMs: 5000, killed: false, exitCode: 0 });
  }
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
    expect(detail?.listening?.ms).toBeLessThanOrEqual(detail?.firstResponse?.ms ?? 0);
    expect(detail?.firstResponse?.ms).toBeLessThanOrEqual(detail?.firstSuccess?.ms ?? 0);
    expect(detail?.firstSuccess?.ms).toBeLessThanOrEqual(phases.ready?.ms ?? 0);
    for (const instant of [detail?.listening, detail?.firstResponse, detail?.firstSuccess]) {
      expect(instant?.resolutionMs).toBeGreaterThan(0);
      expect(instant?.resolutionMs).toBeLessThanOrEqual(instant?.ms ?? 0);
    }
    expect(detail?.healthy).toBeNull();
  }
});

test('the raw record holds the build trace and the ledgers that the numbers came from', () => {
  expect(raw).toHaveLength(samples.length);
  for (const [index, sample] of samples.entries()) {
    const sources = new Set(raw[index]?.map((line) => line.source));
    const built = sample.phases.build === null ? [] : ['build', 'uplink'];
    expect([...sources]).toEqual(expect.arrayContaining(['phase', 'downlink', ...built]));
  }
});
