import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { downtimeOf, type LastAnswer, watchOld } from '../../../src/deploy/downtime.ts';
import type { ReadinessCheck } from '../../../src/scenario/scenario.ts';
import { milliseconds } from '../../../src/units.ts';
import {
  appAt,
  clock,
  close,
  endpointAt,
  freePort,
  http,
  leftBy,
  listen,
  withHttpApp,
  withTcpApp,
} from './ready/bed.ts';

const asking = (check: ReadinessCheck) => ({ ...check, timeout: milliseconds(1000) });
const at = (ms: number, resolution: number): LastAnswer => ({
  at: milliseconds(ms),
  resolutionMs: milliseconds(resolution),
});

test('the last answer of an app that stops, and how long it may have gone on', async () => {
  const app = createServer((_, outgoing) => outgoing.end());
  const port = await listen(app);
  const watch = watchOld(appAt(endpointAt(port)), asking(http()), clock);
  await sleep(150);
  const stopping = clock.now();
  await close(app);
  await sleep(150);
  const ended = clock.now();
  const last = await watch.end();
  expect(last?.at).toBeLessThan(ended - 100);
  expect((last?.at ?? 0) + (last?.resolutionMs ?? 0)).toBeGreaterThanOrEqual(stopping);
  // It was asked again before the watch ended, and found gone.
  expect(last?.resolutionMs).toBeLessThan(ended - (last?.at ?? 0) - 50);
});

test('an answer that readiness would not accept is none', async () => {
  let status = 200;
  await withHttpApp(
    (_, outgoing) => outgoing.writeHead(status).end(),
    async (port) => {
      const watch = watchOld(appAt(endpointAt(port)), asking(http()), clock);
      await sleep(100);
      status = 503;
      await sleep(150);
      const ended = clock.now();
      const last = await watch.end();
      expect(last?.at).toBeLessThan(ended - 100);
      expect(await watchFor(100, port, http({ status: 204 }))).toBeNull();
    },
  );
});

test('one failure does not end it: an app that comes back has its last answer later', async () => {
  let asked = 0;
  await withHttpApp(
    (_, outgoing) => {
      asked += 1;
      outgoing.writeHead(asked === 2 ? 500 : 200).end();
    },
    async (port) => {
      const began = clock.now();
      const last = await watchFor(150, port, http());
      expect(asked).toBeGreaterThan(3);
      // It still answered when the watch ended.
      expect(last?.at).toBeGreaterThan(began);
      expect((last?.at ?? 0) + (last?.resolutionMs ?? 0)).toBeGreaterThan(began + 149);
    },
  );
});

test('an app that stops answering but holds its connections is noticed', async () => {
  let answers = true;
  await withHttpApp(
    (_, outgoing) => {
      if (answers) outgoing.end();
    },
    async (port) => {
      const watch = watchOld(appAt(endpointAt(port)), asking(http()), clock);
      await sleep(100);
      answers = false;
      await sleep(1500);
      const ended = clock.now();
      const last = await watch.end();
      expect(last?.at).toBeLessThan(ended - 1400);
      expect(last?.resolutionMs).toBeGreaterThan(900);
      expect(last?.resolutionMs).toBeLessThan(ended - (last?.at ?? 0));
    },
  );
});

test('one more question begins after it was asked for, and is over', async () => {
  const answered: number[] = [];
  await withHttpApp(
    (_, outgoing) => {
      setTimeout(() => {
        answered.push(clock.now());
        outgoing.end();
      }, 40);
    },
    async (port) => {
      const watch = watchOld(appAt(endpointAt(port)), asking(http()), clock);
      await sleep(60);
      const called = clock.now();
      await watch.askOnceMore();
      const last = await watch.end();
      // Not the question that was under way: its answer came sooner than a whole one takes.
      expect(last?.at).toBeGreaterThan(called + 39);
      expect(answered.filter((instant) => instant > called).length).toBeGreaterThan(0);
      await watch.askOnceMore();
      expect(await watch.end()).toEqual(last);
    },
  );
});

test('other checks are asked for a connection, where one proves something', async () => {
  await withTcpApp(
    (socket) => socket.resume(),
    async (port) => {
      for (const check of ['tcp', 'healthcheck'] as const) expect(await watchFor(60, port, { check })).not.toBeNull();
      expect(await watchFor(60, port, { check: 'tcp' }, false)).toBeNull();
      expect(await watchFor(60, port, { check: 'exit' })).toBeNull();
    },
  );
  const nowhere = watchOld(appAt(null), asking(http()), clock);
  expect(await nowhere.end()).toBeNull();
});

test('an app that never answered has no last answer, and nothing is left of the watch', async () => {
  const port = await freePort();
  expect(await watchFor(60, port, http())).toBeNull();
  expect(await leftBy(() => watchFor(60, port, http()))).toEqual([]);
});

async function watchFor(ms: number, port: number, check: ReadinessCheck, direct = true): Promise<LastAnswer | null> {
  const watch = watchOld(appAt(endpointAt(port, { direct })), asking(check), clock);
  await sleep(ms);
  return await watch.end();
}

test('downtime is the gap between the two, with the doubt of both', () => {
  expect(downtimeOf(at(1000, 5), at(1800, 7))).toEqual({ ms: 800, resolutionMs: 12 });
});

test('where the new app answered before the old one stopped there was none, and that is measured', () => {
  expect(downtimeOf(at(1800, 5), at(1000, 7))).toEqual({ ms: 0, resolutionMs: 0 });
});

test('it cannot have been less than none', () => {
  expect(downtimeOf(at(1000, 300), at(1200, 7))).toEqual({ ms: 200, resolutionMs: 200 });
});

test('where one of the two was not seen nothing is known', () => {
  expect(downtimeOf(null, at(1000, 5))).toBeNull();
  expect(downtimeOf(at(1000, 5), null)).toBeNull();
});
