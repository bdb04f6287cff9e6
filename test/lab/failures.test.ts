import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeployResult, deploy } from '../../src/deploy/deploy.ts';
import { emptyState } from '../../src/deploy/lap-state.ts';
import { removeContainer } from '../../src/lab/engine/container.ts';
import { type Lab, type LapLab, openLapLab } from '../../src/lab/lab.ts';
import { missingBaseImages, supplyBaseImages } from '../../src/lab/mirror/supply-base-images.ts';
import { readIgnore } from '../../src/scenario/dockerignore.ts';
import { packContext } from '../../src/scenario/pack-context.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { milliseconds } from '../../src/units.ts';
import { clock, lapOf, never, openTestLab, rated, tiny } from './bed.ts';

let lab: Lab;
let lap: LapLab;
let folder: string;
let count = 0;

beforeAll(async () => {
  lab = await openTestLab('failures');
  const links = { uplink: rated(2000), downlink: rated(2000), mirror: rated(4000) };
  lap = await openLapLab(lab, lapOf('1-a', links), clock, never);
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
});

afterAll(async () => {
  await lap?.close();
  await lab?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function deployThis(dockerfile: string, over: Partial<Scenario> = {}): Promise<DeployResult['observation']> {
  count += 1;
  const path = join(folder, `Dockerfile.${count}`);
  await writeFile(path, dockerfile);
  const scenario = { ...tiny(), name: 'failures', ...over };
  const variant = {
    name: `v${count}`,
    dockerfile: path,
    context: folder,
    target: null,
    buildArgs: {},
    builder: 'warm',
    ref: null,
    links: null,
  } as const;
  const { observation } = await deploy({
    scenario,
    variant,
    kind: 'first',
    bench: lap.bench,
    state: emptyState,
    repository: `failures/${variant.name}`,
    tag: `t${count}`,
    pack: () => packContext({ context: folder, dockerfile: path, ignore: readIgnore(folder, path) }),
    clock,
    signal: never,
    onPhase: () => undefined,
  });
  const { engine } = lap.bench.server;
  for (const { Id } of await engine.docker.listContainers({ all: true })) await removeContainer(engine, Id);
  return observation;
}

const serve = (port: number, status: number): string =>
  `CMD ["node", "-e", "require('http').createServer((q,r)=>r.writeHead(${status}).end()).listen(${port}); process.on('SIGTERM',()=>process.exit(0))"]`;

test('a build step that fails: its last lines, and the time that it took to fail', async () => {
  const { outcome, failure, phases, release } = await deployThis(
    'FROM node:20-slim\nRUN echo working on it && echo no such thing >&2 && exit 3\n',
  );
  expect(outcome).toBe('build-failed');
  expect(failure?.message).toContain('RUN echo working on it');
  expect(failure?.message).toContain('exit code: 3');
  expect(failure?.excerpt).toContain('no such thing');
  expect(phases.build?.ms).toBeGreaterThan(0);
  expect(phases.build?.detail).toBeNull();
  expect(phases.push).toBeNull();
  expect(release).toBeNull();
});

test('a Dockerfile that BuildKit cannot parse', async () => {
  const { outcome, failure } = await deployThis('FROM node:20-slim\nCOPY only-one-word\n');
  expect(outcome).toBe('build-failed');
  expect(failure?.code).toBe('DOCKERFILE_INVALID');
  expect(failure?.message).toContain('line 2');
});

test('a build that is slower than the phase may be is ended', async () => {
  const { outcome, failure, phases } = await deployThis('FROM node:20-slim\nRUN sleep 60\n', {
    phaseTimeout: milliseconds(4000),
  });
  expect(outcome).toBe('timed-out');
  expect(failure?.message).toContain('build phase was not over after 4 s');
  expect(phases.build?.ms).toBeLessThan(6000);
});

test('an app that crashes ends the wait at once, with its exit code and last lines', async () => {
  const { outcome, failure, phases } = await deployThis(
    `FROM node:20-slim\nCMD ["node", "-e", "console.log('cannot find my settings'); setTimeout(() => process.exit(7), 200)"]\n`,
  );
  expect(outcome).toBe('crashed');
  expect(failure?.message).toContain('exit code 7');
  expect(failure?.excerpt).toContain('cannot find my settings');
  expect(phases.ready?.ms).toBeLessThan(3000);
});

test('a program that does not exist cannot be started', async () => {
  const { outcome, failure } = await deployThis('FROM node:20-slim\nCMD ["no-such-program"]\n');
  expect(outcome).toBe('crashed');
  expect(failure?.message).toContain('no-such-program');
});

const impatient: Partial<Scenario> = {
  ready: { check: 'http', path: '/healthz', status: 200, body: null, successes: 1, timeout: milliseconds(2500) },
};

test('an app that answers something else is never ready, and what it answered is told', async () => {
  const { outcome, failure, phases } = await deployThis(`FROM node:20-slim\n${serve(3000, 503)}\n`, impatient);
  expect(outcome).toBe('never-ready');
  expect(failure?.message).toContain('status 503, not 200');
  expect(phases.ready?.ms).toBeGreaterThan(2400);
});

test('an app on another port: the port that it does listen on is named', async () => {
  const { outcome, failure } = await deployThis(`FROM node:20-slim\n${serve(8080, 200)}\n`, impatient);
  expect(outcome).toBe('never-ready');
  expect(failure?.message).toContain('Nothing listened on port 3000');
  expect(failure?.message).toContain('It listens on 8080 instead');
});

test('a deploy that did not begin in the state of its kind is kept apart', async () => {
  const { outcome, failure, evidence, release } = await deployThis(`FROM node:20-slim\n${serve(3000, 200)}\n`);
  expect(outcome).toBe('wrong-state');
  expect(release?.ms).toBeGreaterThan(0);
  expect(failure?.message).toContain('the server has no image');
  expect(evidence.filter((piece) => !piece.holds).map((piece) => piece.claim)).toEqual(
    expect.arrayContaining(['the builder has no image', 'the registry is empty', 'the server has no image']),
  );
});

test('a base image that nobody has is named before anything is built', async () => {
  expect(await missingBaseImages(lab, ['node:20-slim', 'no-such-base:1', 'elsewhere.example/x:1'])).toEqual([
    'no-such-base:1',
  ]);
  await expect(
    supplyBaseImages(lab, [{ reference: 'no-such-base:1', usedBy: 'late' }], clock, never),
  ).rejects.toMatchObject({ code: 'BASE_IMAGE_MISSING', message: expect.stringContaining('no-such-base:1 of late') });
});
