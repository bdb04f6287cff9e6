import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { downtimeOf, watchOld } from '../../src/deploy/downtime.ts';
import { ready } from '../../src/deploy/ready.ts';
import { type RunningApp, start } from '../../src/deploy/start.ts';
import { stop } from '../../src/deploy/stop.ts';
import { buildImage } from '../../src/lab/engine/build-image.ts';
import { lastLogLines, removeContainer } from '../../src/lab/engine/container.ts';
import { followEngineClock } from '../../src/lab/engine/engine-clock.ts';
import { inspectHealth } from '../../src/lab/engine/inspect-health.ts';
import type { Lab } from '../../src/lab/lab.ts';
import { type Link, openLink } from '../../src/lab/link/link.ts';
import { startNode } from '../../src/lab/nodes/node.ts';
import { nodeServer } from '../../src/lab/server/node-server.ts';
import type { Server } from '../../src/lab/server/server.ts';
import type { ReadyDetail } from '../../src/results/sample.ts';
import { readIgnore } from '../../src/scenario/dockerignore.ts';
import { packContext } from '../../src/scenario/pack-context.ts';
import type { Readiness, ReadinessCheck } from '../../src/scenario/scenario.ts';
import { median } from '../../src/stats/median.ts';
import { milliseconds } from '../../src/units.ts';
import { clock, never, openTestLab, rated } from './bed.ts';

let lab: Lab;
let link: Link;
let server: Server;
let folder: string;
const images = new Map<string, string>();
const running: string[] = [];

beforeAll(async () => {
  lab = await openTestLab('ready');
  link = await openLink(rated(4000), lab.network.gateway, lab.mirror, clock);
  const image = lab.images.engine.image;
  const common = { runId: lab.runId, image, network: lab.network, privileges: lab.privileges, registries: [] };
  server = nodeServer(await startNode(lab.host, { ...common, name: 'server', mirror: link.address }, never));
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
});

afterEach(async () => {
  for (const id of running.splice(0)) await removeContainer(server.engine, id);
});

afterAll(async () => {
  await server?.close();
  await link?.close();
  await lab?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** An image that runs a script, with what else the Dockerfile says. */
async function imageOf(script: string, instructions = ''): Promise<string> {
  const dockerfile = `FROM node:20-slim\n${instructions}\nCMD ${JSON.stringify(['node', '-e', script])}\n`;
  const known = images.get(dockerfile);
  if (known !== undefined) return known;
  const tag = `ready:${images.size + 1}`;
  const path = join(folder, 'Dockerfile');
  await writeFile(path, dockerfile);
  const context = { context: folder, dockerfile: path, ignore: readIgnore(folder, path) };
  const { tar, dockerfileName } = await packContext(context);
  const request = { tar, dockerfile: dockerfileName, tag, target: null, buildArgs: {} };
  await buildImage(server.engine, request, clock, never, () => undefined);
  images.set(dockerfile, tag);
  return tag;
}

const settings = (port: number | null) => ({ port, env: {} });

async function startApp(image: string, port: number | null = 3000): Promise<RunningApp> {
  const input = { server, runId: lab.runId, name: 'app', image, app: settings(port), slot: 0 } as const;
  const { value } = await start(input, clock, never, never);
  running.push(value.containerId);
  return value;
}

interface Wait {
  readonly detail: ReadyDetail;
  readonly began: number;
  readonly resolution: number;
  readonly firstSuccessAt: number;
  readonly endedAt: number;
}

async function waitFor(
  app: RunningApp,
  check: ReadinessCheck,
  port: number | null = 3000,
  seconds = 20,
): Promise<Wait> {
  const readiness: Readiness = { ...check, timeout: milliseconds(seconds * 1000) };
  const began = clock.now();
  const done = await ready({ server, app, settings: settings(port), readiness }, clock, never);
  const endedAt = clock.now();
  const { firstSuccessAt } = done.value;
  return { detail: done.detail(began), began, resolution: done.resolution ?? 0, firstSuccessAt, endedAt };
}

async function startAndWait(image: string, check: ReadinessCheck, port: number | null = 3000): Promise<Wait> {
  return await waitFor(await startApp(image, port), check, port);
}

/** The instant that an app wrote into its log: containers share the kernel's monotonic clock with this process. */
async function written(app: RunningApp, word: string): Promise<number> {
  return await vi.waitFor(async () => {
    const log = await lastLogLines(server.engine, app.containerId, 50);
    const nanoseconds = new RegExp(`${word} (\\d+)`).exec(log)?.[1];
    expect(nanoseconds, log).toBeDefined();
    return Number(nanoseconds) / 1e6;
  });
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

const now = 'process.hrtime.bigint()';
const onTerm = "process.on('SIGTERM', () => process.exit(0));";
const http = (over: Partial<Extract<ReadinessCheck, { check: 'http' }>> = {}): ReadinessCheck => ({
  check: 'http',
  path: '/',
  status: 200,
  body: null,
  successes: 1,
  ...over,
});

const serving = `${onTerm} require('http').createServer((q, r) => r.end('state: ok')).listen(3000, () => console.log('listening', String(${now})));`;

test('first success is seen a few milliseconds after the app began to listen, and its resolution reaches back to that', async () => {
  const image = await imageOf(serving);
  const lags: number[] = [];
  const resolutions: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const app = await startApp(image);
    const { detail, began, firstSuccessAt } = await waitFor(app, http());
    const listened = await written(app, 'listening');
    const { firstSuccess, listening } = detail;
    // The app writes its instant when its event loop gets to it, which may be after the first connection was accepted.
    expect((listening?.ms ?? 0) - (listening?.resolutionMs ?? 0)).toBeLessThanOrEqual(listened - began);
    expect((firstSuccess?.ms ?? 0) - (firstSuccess?.resolutionMs ?? 0)).toBeLessThanOrEqual(listened - began);
    lags.push(firstSuccessAt - listened);
    resolutions.push(firstSuccess?.resolutionMs ?? Infinity);
    await removeContainer(server.engine, app.containerId);
  }
  tell(`first success after listening: ${lags.map((lag) => lag.toFixed(1)).join(', ')} ms, median ${median(lags)}`);
  tell(`its resolution: median ${median(resolutions)} ms`);
  expect(median(lags)).toBeLessThan(50);
});

test('an app that flaps is ready after so many successes in a row', async () => {
  const flapping = `let n = 0; ${onTerm} require('http').createServer((q, r) => { n += 1; r.writeHead(n === 3 || n === 6 ? 500 : 200).end(String(n)); }).listen(3000);`;
  const { detail } = await startAndWait(await imageOf(flapping), http({ successes: 4 }));
  expect(detail.lastStatus).toBe(200);
  // 1 2 · 4 5 · 7 8 9 10; connections that were refused come before.
  expect(detail.attempts).toBeGreaterThanOrEqual(10);
  expect(detail.firstSuccess?.ms).toBeGreaterThan(detail.firstResponse?.ms ?? Infinity);
});

test('a body that turns right later', async () => {
  const warming = `${onTerm} const began = Date.now(); require('http').createServer((q, r) => r.end(Date.now() - began < 400 ? 'state: warming' : 'state: ok\\nrest')).listen(3000);`;
  const { detail } = await startAndWait(await imageOf(warming), http({ body: '^state: ok$' }));
  const { firstResponse, firstSuccess } = detail;
  expect((firstSuccess?.ms ?? 0) - (firstResponse?.ms ?? 0)).toBeGreaterThan(200);
});

test('a connection that the container accepts', async () => {
  const listening = `${onTerm} setTimeout(() => require('net').createServer((s) => s.on('error', () => 0)).listen(3000, () => console.log('listening', String(${now}))), 300);`;
  const app = await startApp(await imageOf(listening));
  const { detail, began } = await waitFor(app, { check: 'tcp' });
  const listened = (await written(app, 'listening')) - began;
  const { firstSuccess } = detail;
  expect((firstSuccess?.ms ?? 0) - (firstSuccess?.resolutionMs ?? 0)).toBeLessThanOrEqual(listened);
  expect(firstSuccess).toEqual(detail.listening);
  tell(
    `tcp: ${((firstSuccess?.ms ?? 0) - listened).toFixed(1)} ms after listening, resolution ${firstSuccess?.resolutionMs}`,
  );
});

test('a port on loopback alone is told as such', async () => {
  const inward = `${onTerm} require('http').createServer((q, r) => r.end()).listen(3000, '127.0.0.1');`;
  const app = await startApp(await imageOf(inward));
  await expect(waitFor(app, http(), 3000, 2)).rejects.toMatchObject({
    code: 'APP_NEVER_READY',
    message: expect.stringContaining('on its loopback interface only'),
    hint: expect.stringContaining('0.0.0.0'),
  });
});

test('a line that is written in two parts counts when it is whole', async () => {
  const writing = `${onTerm} console.log('starting'); process.stdout.write('ready to '); setTimeout(() => process.stdout.write('serve ' + ${now} + '\\n'), 500); setInterval(() => 0, 1000);`;
  const app = await startApp(await imageOf(writing), null);
  const { detail, began, firstSuccessAt, resolution } = await waitFor(
    app,
    { check: 'log', pattern: '^ready to serve \\d+$', occurrences: 1 },
    null,
  );
  const wrote = await written(app, 'serve');
  expect(firstSuccessAt).toBeGreaterThanOrEqual(wrote);
  expect(firstSuccessAt - (detail.firstSuccess?.resolutionMs ?? 0)).toBeLessThanOrEqual(wrote + 200);
  expect(wrote - began).toBeGreaterThan(400);
  tell(
    `log: the line was here ${(firstSuccessAt - wrote).toFixed(1)} ms after it was written, resolution ${resolution.toFixed(1)}`,
  );
});

test('an app that ends without its line has crashed', async () => {
  const app = await startApp(await imageOf("console.log('almost'); setTimeout(() => process.exit(0), 200);"), null);
  const wait = waitFor(app, { check: 'log', pattern: 'ready', occurrences: 1 }, null);
  await expect(wait).rejects.toMatchObject({
    code: 'APP_CRASHED',
    message: 'The app ended with exit code 0 before it was ready.',
    excerpt: 'almost',
  });
});

const probing =
  "node -e \"require('http').get('http://localhost:3000/healthz', (r) => process.exit(r.statusCode === 200 ? 0 : 1))\"";
const paths = `${onTerm} require('http').createServer((q, r) => r.writeHead(q.url === '/healthz' ? 200 : 404).end()).listen(3000);`;

test('the HEALTHCHECK of the image: what it adds to an app that was ready long before', async () => {
  const app = await startApp(await imageOf(paths, `HEALTHCHECK --interval=2s CMD ${probing}`));
  const over = new AbortController();
  const engineClock = followEngineClock(server.engine, app.containerId, clock, over.signal);
  const { detail, resolution, began } = await waitFor(app, { check: 'healthcheck' });
  over.abort();
  const { healthy, firstSuccess, healthcheck } = detail;
  expect(healthcheck).toMatchObject({ intervalMs: 2000, startPeriodMs: 0, startIntervalMs: 5000 });
  expect(healthcheck?.addedMs).toBe((healthy?.ms ?? 0) - (firstSuccess?.ms ?? 0));
  expect(healthcheck?.addedMs).toBeGreaterThan(1000);
  expect(healthy?.ms).toBeGreaterThan(1900);
  expect(detail.lastStatus).toBe(200);
  // The engine's own record of the probe that passed lies within the resolution.
  const { probes } = await inspectHealth(server.engine, app.containerId, never);
  const ended = probes[0]?.endedAt ?? null;
  const earliest = ended === null ? null : engineClock.earliest(ended);
  expect(earliest).not.toBeNull();
  const since = (earliest ?? 0) - began;
  tell(
    `healthy ${healthy?.ms.toFixed(1)} ms, resolution ${resolution.toFixed(1)}; the probe ended no earlier than ${since.toFixed(1)}`,
  );
  expect((healthy?.ms ?? 0) - since).toBeGreaterThanOrEqual(0);
  expect((healthy?.ms ?? 0) - since).toBeLessThan(500);
});

test('an app that its HEALTHCHECK gives up', async () => {
  const check = 'HEALTHCHECK --interval=300ms --retries=2 CMD echo no database && exit 1';
  const app = await startApp(await imageOf(serving, check));
  await expect(waitFor(app, { check: 'healthcheck' })).rejects.toMatchObject({
    code: 'APP_NEVER_READY',
    message: 'Docker calls the container unhealthy: its HEALTHCHECK failed 2 times in a row.',
    excerpt: expect.stringContaining('exit code 1: no database'),
  });
});

test('an image without a HEALTHCHECK', async () => {
  const app = await startApp(await imageOf(serving));
  await expect(waitFor(app, { check: 'healthcheck' })).rejects.toMatchObject({
    code: 'APP_NEVER_READY',
    message: expect.stringContaining('no HEALTHCHECK'),
  });
});

test('a job that ends well', async () => {
  const job = `setTimeout(() => { console.log('done', String(${now})); }, 500);`;
  const app = await startApp(await imageOf(job), null);
  const { detail, began, firstSuccessAt, resolution } = await waitFor(app, { check: 'exit' }, null);
  const done = await written(app, 'done');
  expect(done - began).toBeGreaterThan(300);
  expect(firstSuccessAt).toBeGreaterThan(done);
  expect(detail).toMatchObject({ check: 'exit', listening: null, attempts: null });
  tell(`exit: told ${(firstSuccessAt - done).toFixed(1)} ms after the last line, resolution ${resolution.toFixed(1)}`);
});

test('a job that fails', async () => {
  const app = await startApp(await imageOf("console.error('no such table'); process.exit(3);"), null);
  await expect(waitFor(app, { check: 'exit' }, null)).rejects.toMatchObject({
    code: 'APP_CRASHED',
    message: 'The app ended with exit code 3 before it was ready.',
    excerpt: 'no such table',
  });
});

test('downtime: from the last answer of the old app to the first success of the new one', async () => {
  const image = await imageOf(serving);
  const old = await startApp(image);
  const readiness: Readiness = {
    check: 'http',
    path: '/',
    status: 200,
    body: null,
    successes: 1,
    timeout: milliseconds(20_000),
  };
  await waitFor(old, readiness);
  const watch = watchOld(old, readiness, clock);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const stopping = clock.now();
  await stop(server, old, milliseconds(5000), clock, never);
  const last = await watch.end();
  const { firstSuccessAt, detail } = await startAndWait(image, readiness);
  expect((last?.at ?? 0) + (last?.resolutionMs ?? 0)).toBeGreaterThan(stopping);
  const resolutionMs = milliseconds(detail.firstSuccess?.resolutionMs ?? 0);
  const downtime = downtimeOf(last, { at: milliseconds(firstSuccessAt), resolutionMs });
  tell(
    `downtime ${downtime?.ms.toFixed(1)} ms, resolution ${downtime?.resolutionMs.toFixed(1)}; last answer ${((last?.at ?? 0) - stopping).toFixed(1)} ms after the stop request`,
  );
  expect(downtime?.ms).toBeGreaterThan(0);
  expect(downtime?.ms).toBeLessThanOrEqual(firstSuccessAt - (last?.at ?? 0));
  expect(downtime?.resolutionMs).toBeLessThan(downtime?.ms ?? 0);
});
