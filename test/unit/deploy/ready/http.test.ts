import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../../src/lab/engine/engine.ts';
import {
  appAt,
  clock,
  close,
  endpointAt,
  expectWithin,
  freePort,
  http,
  leftBy,
  listen,
  noEngine,
  serverOf,
  waitUntilReady,
  withHttpApp,
  withTcpApp,
} from './bed.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await noEngine();
});

const at = (port: number) => ({ server: serverOf(engine), app: appAt(endpointAt(port)) });

test('listening, first response and first success are told apart, each within its own resolution', async () => {
  const port = await freePort();
  const app = createServer((_, outgoing) => outgoing.writeHead(status).end());
  let status = 503;
  const waiting = waitUntilReady(at(port), http());
  await sleep(100);
  const listened = clock.now();
  await listen(app, port);
  await sleep(150);
  const opened = clock.now();
  status = 200;
  const { began, detail, ms, resolution, firstSuccessMs } = await waiting;
  await close(app);
  const { listening, firstResponse, firstSuccess } = detail;
  expectWithin(listened, listening, began);
  expectWithin(listened, firstResponse, began);
  expectWithin(opened, firstSuccess, began);
  expect(listening?.ms).toBeLessThan(firstResponse?.ms ?? 0);
  expect(firstResponse?.ms).toBeLessThan(firstSuccess?.ms ?? 0);
  expect(firstSuccess?.resolutionMs).toBeLessThan(firstSuccess?.ms ?? 0);
  expect(firstSuccessMs).toBe(firstSuccess?.ms);
  expect(firstSuccess?.ms).toBeLessThanOrEqual(ms);
  expect(resolution).toBeGreaterThanOrEqual(firstSuccess?.resolutionMs ?? Infinity);
  expect(detail).toMatchObject({ check: 'http', healthy: null, healthcheck: null, lastStatus: 200 });
  expect(detail.attempts).toBeGreaterThanOrEqual(3);
});

test('a row of successes: a failure begins it anew, the first of the last row counts, and each has a connection of its own', async () => {
  const statuses = [200, 200, 500, 200, 200, 200, 200];
  const ports: (number | undefined)[] = [];
  await withHttpApp(
    (incoming, outgoing) => {
      const status = statuses[ports.length] ?? 500;
      ports.push(incoming.socket.remotePort);
      outgoing.writeHead(status);
      setTimeout(() => outgoing.end(), ports.length === 6 ? 60 : 0);
    },
    async (port) => {
      const { detail, ms, resolution } = await waitUntilReady(at(port), http({ successes: 3 }));
      expect(detail.attempts).toBe(6);
      expect(new Set(ports).size).toBe(6);
      // The last of the row was held back.
      expect(ms - (detail.firstSuccess?.ms ?? 0)).toBeGreaterThan(55);
      expect(resolution).toBeGreaterThanOrEqual(detail.firstSuccess?.resolutionMs ?? Infinity);
    },
  );
});

test('a body must match line by line, and is told where it does not', async () => {
  let body = 'state: warming up\nversion: 7\n';
  await withHttpApp(
    (_, outgoing) => outgoing.end(body),
    async (port) => {
      await expect(waitUntilReady(at(port), http({ body: '^state: ok$' }), { timeoutMs: 100 })).rejects.toMatchObject({
        code: 'APP_NEVER_READY',
        message: expect.stringContaining(
          'does not match /^state: ok$/m, but "state: warming up version: 7", within 0.1 s',
        ),
      });
      body = 'state: ok\nversion: 7\n';
      const { detail } = await waitUntilReady(at(port), http({ body: '^state: ok$' }));
      expect(detail.attempts).toBe(1);
    },
  );
});

test('a body that does not end is read up to a mebibyte', async () => {
  const line = `${'x'.repeat(65_535)}\n`;
  await withHttpApp(
    (_, outgoing) => {
      const more = (): void => {
        while (!outgoing.destroyed && outgoing.write(line));
        if (!outgoing.destroyed) outgoing.once('drain', more);
      };
      more();
    },
    async (port) => {
      const { detail } = await waitUntilReady(at(port), http({ body: '^x+$' }));
      expect(detail.attempts).toBe(1);
    },
  );
});

test('an answer that breaks off is none', async () => {
  await withHttpApp(
    (_, outgoing) => {
      outgoing.writeHead(200, { 'content-length': '10' }).write('abc');
      setTimeout(() => outgoing.destroy(), 5);
    },
    async (port) => {
      await expect(waitUntilReady(at(port), http(), { timeoutMs: 150 })).rejects.toMatchObject({
        message: expect.stringMatching(
          /^GET \/ gave no answer at all \(.+\), not 200, within 0.15 s \(\d+ attempts\)\.$/,
        ),
      });
    },
  );
});

test('the request names the endpoint as its host, and a path beyond ASCII goes as browsers send it', async () => {
  await withHttpApp(
    ({ headers, url }, outgoing) =>
      outgoing.writeHead(headers.host === 'app.example:1' && url === '/gr%C3%BC%C3%9Fe%20?a=b' ? 200 : 500).end(),
    async (port) => {
      const app = appAt(endpointAt(port, { host: 'app.example:1' }));
      const { detail } = await waitUntilReady({ server: serverOf(engine), app }, http({ path: '/grüße ?a=b' }));
      expect(detail.lastStatus).toBe(200);
    },
  );
});

test('the deadline ends an app that takes connections and never answers', async () => {
  await withTcpApp(
    () => undefined,
    async (port) => {
      const began = performance.now();
      await expect(waitUntilReady(at(port), http({ path: '/healthz' }), { timeoutMs: 200 })).rejects.toMatchObject({
        code: 'APP_NEVER_READY',
        message: expect.stringContaining(
          'GET /healthz gave no answer at all (it was still open), not 200, within 0.2 s',
        ),
        hint: expect.stringContaining('ready.timeout'),
      });
      expect(performance.now() - began).toBeLessThan(5000);
    },
  );
});

test('behind a proxy of the engine a connection is no sign of listening, and its close no answer', async () => {
  await withTcpApp(
    (socket) => socket.end(),
    async (port) => {
      const app = appAt(endpointAt(port, { direct: false }));
      const wait = waitUntilReady({ server: serverOf(engine), app }, http(), { timeoutMs: 150, port: 3000 });
      await expect(wait).rejects.toMatchObject({
        message: expect.stringContaining('no answer at all'),
        hint: expect.stringContaining('Check that the app listens on port 3000 on all addresses'),
      });
    },
  );
  await withHttpApp(
    (_, outgoing) => outgoing.end(),
    async (port) => {
      const app = appAt(endpointAt(port, { direct: false }));
      const { detail } = await waitUntilReady({ server: serverOf(engine), app }, http());
      expect(detail.listening).toBeNull();
      expect(detail.firstResponse).not.toBeNull();
    },
  );
});

test('an app that ends has crashed, whatever the check waits for, and at once', async () => {
  const exit = sleep(60).then(() => 7);
  const began = performance.now();
  const app = appAt(endpointAt(await freePort()), exit);
  await expect(waitUntilReady({ server: serverOf(engine), app }, http())).rejects.toMatchObject({
    code: 'APP_CRASHED',
    message: 'The app ended with exit code 7 before it was ready.',
    excerpt: '(it wrote nothing)',
  });
  expect(performance.now() - began).toBeLessThan(5000);
});

test('an abort from outside ends the wait with its own reason', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('Ctrl-C')), 30);
  const wait = waitUntilReady(at(await freePort()), http(), { signal: controller.signal });
  await expect(wait).rejects.toThrow('Ctrl-C');
});

test('an app without a port cannot be asked', async () => {
  const wait = waitUntilReady({ server: serverOf(engine), app: appAt(null) }, http(), { port: null });
  await expect(wait).rejects.toMatchObject({
    code: 'APP_NEVER_READY',
    hint: expect.stringContaining('app.port'),
  });
});

test.each([
  ['succeeds', http({ successes: 3 }), 10_000],
  ['does not', http({ status: 204 }), 200],
])('nothing is left of a wait that %s: no timer, no socket', async (_, check, timeoutMs) => {
  await withHttpApp(
    (_incoming, outgoing) => outgoing.end(),
    async (port) => {
      expect(await leftBy(() => waitUntilReady(at(port), check, { timeoutMs }))).toEqual([]);
    },
  );
});
