import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { monotonicClock } from '../../../../src/clock.ts';
import { type ReadyInput, ready } from '../../../../src/deploy/ready.ts';
import type { RunningApp } from '../../../../src/deploy/start.ts';
import { connectEngine, type Engine } from '../../../../src/lab/engine/engine.ts';
import { openSocket } from '../../../../src/lab/server/node-server.ts';
import type { AppEndpoint, Server } from '../../../../src/lab/server/server.ts';
import type { ReadyDetail } from '../../../../src/results/sample.ts';
import type { Readiness, ReadinessCheck } from '../../../../src/scenario/scenario.ts';
import { milliseconds } from '../../../../src/units.ts';

export const clock = monotonicClock;
const never = new AbortController().signal;

/** An engine's address where none is: for waits that need no word of it but what an app wrote, which is optional. */
export async function noEngine(): Promise<Engine> {
  const silent = createHttpServer((_, outgoing) => outgoing.end(JSON.stringify({ ApiVersion: '1.45' })));
  const port = await listen(silent);
  const engine = await connectEngine({ sort: 'tcp', host: '127.0.0.1', port, tls: null });
  silent.closeAllConnections();
  await close(silent);
  return engine;
}

export function endpointAt(port: number, over: Partial<AppEndpoint> = {}): AppEndpoint {
  const label = `127.0.0.1:${port}`;
  return { label, host: label, connect: (signal) => openSocket('127.0.0.1', port, signal), direct: true, ...over };
}

/** An app that runs until told otherwise. */
export function appAt(endpoint: AppEndpoint | null, exit = new Promise<number>(() => undefined)): RunningApp {
  return { containerId: 'app', slot: 0, endpoint, exit };
}

export function serverOf(engine: Engine, over: Partial<Server> = {}): Server {
  return {
    sort: 'node',
    name: 'server',
    engine,
    publish: () => null,
    endpoint: async () => {
      throw new Error('nobody asks for it here');
    },
    inspect: null,
    close: async () => undefined,
    ...over,
  };
}

export function http(over: Partial<Extract<ReadinessCheck, { check: 'http' }>> = {}): ReadinessCheck {
  return { check: 'http', path: '/', status: 200, body: null, successes: 1, ...over };
}

/** Waits for readiness and answers what the phase would record, with the wait's own length. */
export async function waitUntilReady(
  input: Pick<ReadyInput, 'server' | 'app'>,
  check: ReadinessCheck,
  { timeoutMs = 10_000, port = 80 as number | null, signal = never } = {},
): Promise<{ began: number; detail: ReadyDetail; ms: number; resolution: number; firstSuccessMs: number }> {
  const began = clock.now();
  const readiness: Readiness = { ...check, timeout: milliseconds(timeoutMs) };
  const done = await ready({ ...input, settings: { port, env: {} }, readiness }, clock, signal);
  const ms = clock.now() - began;
  const { firstSuccessAt } = done.value;
  return {
    began,
    detail: done.detail(began),
    ms,
    resolution: done.resolution ?? 0,
    firstSuccessMs: firstSuccessAt - began,
  };
}

export async function listen(server: NetServer, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export async function close(server: NetServer): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}

/** An HTTP app on loopback for the time of `use`. */
export async function withHttpApp(answer: RequestListener, use: (port: number) => Promise<void>): Promise<void> {
  const server = createHttpServer(answer);
  const port = await listen(server);
  try {
    await use(port);
  } finally {
    server.closeAllConnections();
    await close(server);
  }
}

/** Something that takes connections on loopback for the time of `use`. */
export async function withTcpApp(
  accept: (socket: Socket) => void,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    accept(socket);
  });
  const port = await listen(server);
  try {
    await use(port);
  } finally {
    for (const socket of sockets) socket.destroy();
    await close(server);
  }
}

/** A port of loopback on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
}

/** What keeps a process alive, counted by sort; settled, because a socket takes a moment to be gone after it was destroyed. */
async function activeResources(): Promise<Map<string, number>> {
  await sleep(50);
  const counts = new Map<string, number>();
  for (const sort of process.getActiveResourcesInfo()) counts.set(sort, (counts.get(sort) ?? 0) + 1);
  return counts;
}

/** The sorts of resources of which three rounds of `work` leave more than a round each; what comes and goes meanwhile is not theirs. */
export async function leftBy(work: () => Promise<unknown>): Promise<string[]> {
  await work().catch(() => undefined);
  const before = await activeResources();
  for (let round = 0; round < 3; round += 1) await work().catch(() => undefined);
  const after = await activeResources();
  return [...after].filter(([sort, count]) => count - (before.get(sort) ?? 0) >= 3).map(([sort]) => sort);
}

/** Fails where the truth, an instant on this process's clock, is not within an instant's resolution. `began`: the wait's zero. */
export function expectWithin(truth: number, instant: { ms: number; resolutionMs: number } | null, began: number): void {
  const since = truth - began;
  expect(instant?.ms).toBeGreaterThanOrEqual(since);
  expect((instant?.ms ?? 0) - (instant?.resolutionMs ?? 0)).toBeLessThanOrEqual(since);
}
