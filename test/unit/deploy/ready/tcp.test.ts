import { createServer } from 'node:net';
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
  leftBy,
  listen,
  noEngine,
  serverOf,
  waitUntilReady,
  withTcpApp,
} from './bed.ts';
import { withContainer } from './container.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await noEngine();
});

const tcp = { check: 'tcp' } as const;

test('the first connection that is accepted is the success', async () => {
  const port = await freePort();
  const app = createServer();
  const waiting = waitUntilReady({ server: serverOf(engine), app: appAt(endpointAt(port)) }, tcp);
  await sleep(80);
  const listened = clock.now();
  await listen(app, port);
  const { began, detail, resolution } = await waiting;
  await close(app);
  expect(detail).toMatchObject({ check: 'tcp', firstResponse: null, healthy: null, lastStatus: null });
  expect(detail.listening).toEqual(detail.firstSuccess);
  expectWithin(listened, detail.firstSuccess, began);
  expect(resolution).toBeGreaterThanOrEqual(detail.firstSuccess?.resolutionMs ?? Infinity);
  expect(resolution).toBeLessThan(detail.firstSuccess?.ms ?? 0);
});

test("an engine's proxy that accepts and closes again does not count; once a connection lasts, the doubt is in the resolution", async () => {
  let listened: number | null = null;
  await withTcpApp(
    (socket) => {
      if (listened === null) socket.end();
    },
    async (port) => {
      const app = appAt(endpointAt(port, { direct: false }));
      const waiting = waitUntilReady({ server: serverOf(engine), app }, tcp);
      await sleep(150);
      listened = clock.now();
      const { began, detail, resolution } = await waiting;
      expectWithin(listened, detail.firstSuccess, began);
      expect(detail.attempts).toBeGreaterThan(2);
      expect(resolution).toBeGreaterThan(99);
    },
  );
});

test('behind a proxy, an app that speaks first was reached, though it hangs up soon after', async () => {
  await withTcpApp(
    (socket) => {
      socket.write('220 ready\r\n');
      setTimeout(() => socket.end(), 30);
    },
    async (port) => {
      const app = appAt(endpointAt(port, { direct: false }));
      const { detail } = await waitUntilReady({ server: serverOf(engine), app }, tcp);
      expect(detail.firstSuccess).not.toBeNull();
    },
  );
});

const table = (...addresses: string[]): string =>
  addresses.map((address, row) => `   ${row}: ${address} 00000000:0000 0A 00000000:00000000\n`).join('');

test.each([
  ['another port', table('00000000:1F90'), 'It listens on 8080 instead.', 'app.port'],
  ['its loopback interface', table('0100007F:0BB8'), 'on its loopback interface only (127.0.0.1)', '0.0.0.0'],
  ['nothing', '', 'It listens on no port at all.', 'app.port'],
  ['the port, too late', table('0100007F:0BB8', '00000000:0BB8'), 'It listens there by now.', 'ready.timeout'],
])('the deadline tells of an app that listens on %s', async (_, sockets, told, hint) => {
  await withContainer({ lastLines: 'its last words\n' }, async (container) => {
    const server = serverOf(container, { inspect: async () => sockets });
    const wait = waitUntilReady({ server, app: appAt(endpointAt(await freePort())) }, tcp, {
      timeoutMs: 60,
      port: 3000,
    });
    await expect(wait).rejects.toMatchObject({
      code: 'APP_NEVER_READY',
      message: expect.stringMatching(/^Nothing listened on port 3000 of the container within 0.06 s\./),
      excerpt: 'its last words',
    });
    await expect(wait).rejects.toMatchObject({
      message: expect.stringContaining(told),
      hint: expect.stringContaining(hint),
    });
  });
});

test('nothing is left of a wait that fails, nor of a connection that is held', async () => {
  const refused = appAt(endpointAt(await freePort()));
  const wait = () => waitUntilReady({ server: serverOf(engine), app: refused }, tcp, { timeoutMs: 50 });
  expect(await leftBy(wait)).toEqual([]);
  await withTcpApp(
    (socket) => socket.resume(),
    async (port) => {
      const held = appAt(endpointAt(port, { direct: false }));
      const cutShort = () => waitUntilReady({ server: serverOf(engine), app: held }, tcp, { timeoutMs: 50 });
      expect(await leftBy(cutShort)).toEqual([]);
    },
  );
});
