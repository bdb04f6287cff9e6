import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  appAt,
  clock,
  endpointAt,
  expectWithin,
  leftBy,
  serverOf,
  waitUntilReady,
  withHttpApp,
  withTcpApp,
} from './bed.ts';
import { type Container, startedAt, withContainer } from './container.ts';

const healthcheck = { check: 'healthcheck' } as const;
const second = 1e9;

type Describe = NonNullable<Container['describe']>;

/** A container whose health is told by `status`. */
function checked(status: () => string, over: object = {}, log: () => object[] = () => []): Describe {
  const test = ['CMD-SHELL', 'curl -fs http://localhost:3000/healthz || exit 1'];
  return () => ({
    Config: { Healthcheck: { Test: test, Interval: 2 * second, ...over } },
    State: { Health: { Status: status(), FailingStreak: 0, Log: log() } },
  });
}

const event = (status: string, at = Date.now()): string =>
  `${JSON.stringify({ Type: 'container', Action: `health_status: ${status}`, timeNano: at * 1e6 })}\n`;

test('the event says when; the app itself was ready before, and by how much is told', async () => {
  const asked: URL[] = [];
  const paths: string[] = [];
  let truth = 0;
  const container: Container = {
    describe: checked(() => 'starting', { StartPeriod: 10 * second }),
    events: async (outgoing, incoming) => {
      asked.push(new URL(incoming.url ?? '', 'http://engine'));
      outgoing.write('\n');
      await sleep(300);
      truth = clock.now();
      const [head = '', tail = ''] = event('healthy').split('health_status');
      outgoing.write(`${head}health`);
      await sleep(20);
      outgoing.write(`_status${tail}`);
    },
  };
  await withHttpApp(
    ({ url }, outgoing) => {
      paths.push(url ?? '');
      outgoing.writeHead(204).end();
    },
    async (port) => {
      await withContainer(container, async (engine) => {
        const input = { server: serverOf(engine), app: appAt(endpointAt(port)) };
        const { began, detail, resolution, firstSuccessMs } = await waitUntilReady(input, healthcheck, { port: 3000 });
        expect(asked[0]?.searchParams.get('since')).toBe(String(Date.parse(startedAt) / 1000));
        expect(JSON.parse(asked[0]?.searchParams.get('filters') ?? '')).toEqual({
          type: ['container'],
          container: ['app'],
          event: ['health_status'],
        });
        expect(paths).toEqual(['/healthz']);
        const { healthy, firstSuccess, listening } = detail;
        expectWithin(truth, healthy, began);
        expect(healthy?.resolutionMs).toBeLessThan(healthy?.ms ?? 0);
        expect(resolution).toBeGreaterThanOrEqual(healthy?.resolutionMs ?? Infinity);
        expect(listening?.ms).toBeLessThan(firstSuccess?.ms ?? 0);
        expect(firstSuccess?.ms).toBeLessThan(healthy?.ms ?? 0);
        expect(firstSuccess?.ms).toBe(firstSuccessMs);
        expect(detail).toMatchObject({ check: 'healthcheck', attempts: 1, lastStatus: 204 });
        // This engine speaks API 1.43, which has no interval of its own for the start.
        expect(detail.healthcheck).toEqual({
          intervalMs: 2000,
          startPeriodMs: 10_000,
          startIntervalMs: null,
          addedMs: (healthy?.ms ?? 0) - (firstSuccess?.ms ?? 0),
        });
      });
    },
  );
});

test('what an image leaves out is what the engine takes, the interval of the start from API 1.44 on', async () => {
  const container: Container = {
    describe: checked(() => 'starting', { Interval: 0 }),
    events: (outgoing) => void outgoing.write(event('healthy')),
  };
  await withContainer(container, async (old) => {
    const input = { server: serverOf({ ...old, apiVersion: '1.44' }), app: appAt(null) };
    const { detail, firstSuccessMs } = await waitUntilReady(input, healthcheck, { port: null });
    expect(detail.healthcheck).toEqual({ intervalMs: 30_000, startPeriodMs: 0, startIntervalMs: 5000, addedMs: null });
    expect(detail).toMatchObject({ listening: null, firstSuccess: null, attempts: null });
    expect(firstSuccessMs).toBe(detail.healthy?.ms);
  });
});

test('where the events break off, a look at the container finds out', async () => {
  let status = 'starting';
  let truth = 0;
  const container: Container = {
    describe: checked(() => status),
    events: (outgoing) => void outgoing.end(),
  };
  await withContainer(container, async (engine) => {
    setTimeout(() => {
      truth = clock.now();
      status = 'healthy';
    }, 1200);
    const { began, detail } = await waitUntilReady({ server: serverOf(engine), app: appAt(null) }, healthcheck);
    expectWithin(truth, detail.healthy, began);
    // The look before this one still saw it starting.
    expect(detail.healthy?.resolutionMs).toBeLessThan((detail.healthy?.ms ?? 0) - 900);
  });
});

test('an image without a HEALTHCHECK is told at once', async () => {
  for (const Config of [{}, { Healthcheck: { Test: ['NONE'] } }]) {
    await withContainer({ describe: () => ({ Config }) }, async (engine) => {
      const began = performance.now();
      await expect(waitUntilReady({ server: serverOf(engine), app: appAt(null) }, healthcheck)).rejects.toMatchObject({
        code: 'APP_NEVER_READY',
        message: expect.stringContaining('no HEALTHCHECK'),
        hint: expect.stringContaining('Add a HEALTHCHECK to the Dockerfile'),
      });
      expect(performance.now() - began).toBeLessThan(5000);
    });
  }
});

const failed = { Start: startedAt, End: startedAt, ExitCode: 22, Output: 'curl: (22) 503\n' };

test('unhealthy ends the wait, with what the probes said', async () => {
  const container: Container = {
    describe: checked(
      () => 'unhealthy',
      { Retries: 2 },
      () => [failed, { ...failed, Output: '' }],
    ),
    events: (outgoing) => void outgoing.write(event('unhealthy')),
  };
  await withContainer(container, async (engine) => {
    await expect(waitUntilReady({ server: serverOf(engine), app: appAt(null) }, healthcheck)).rejects.toMatchObject({
      code: 'APP_NEVER_READY',
      message: 'Docker calls the container unhealthy: its HEALTHCHECK failed 2 times in a row.',
      excerpt: 'exit code 22: curl: (22) 503\nexit code 22: (no output)',
    });
  });
});

test('at the deadline it is told how often Docker asks, and when the app itself had answered', async () => {
  const container: Container = { describe: checked(() => 'starting', { Interval: 0 }), events: quiet };
  await withHttpApp(
    (_, outgoing) => outgoing.end(),
    async (port) => {
      await withContainer(container, async (engine) => {
        const input = { server: serverOf(engine), app: appAt(endpointAt(port)) };
        await expect(waitUntilReady(input, healthcheck, { timeoutMs: 200 })).rejects.toMatchObject({
          code: 'APP_NEVER_READY',
          message: expect.stringMatching(
            /^Docker did not call the container healthy within 0.2 s\. The engine runs its HEALTHCHECK every 30 s, first after as long\. The app itself first answered after 0(\.\d)? s\.$/,
          ),
        });
      });
    },
  );
});

test('what does not speak HTTP is not asked again', async () => {
  let connections = 0;
  const container: Container = {
    describe: checked(() => 'starting'),
    events: async (outgoing) => {
      await sleep(200);
      outgoing.write(event('healthy'));
    },
  };
  await withTcpApp(
    (socket) => {
      connections += 1;
      socket.end('N\r\n');
    },
    async (port) => {
      await withContainer(container, async (engine) => {
        const input = { server: serverOf(engine), app: appAt(endpointAt(port)) };
        const { detail } = await waitUntilReady(input, healthcheck);
        expect(connections).toBe(1);
        expect(detail.listening).not.toBeNull();
        expect(detail).toMatchObject({ firstResponse: null, firstSuccess: null, healthcheck: { addedMs: null } });
      });
    },
  );
});

test('nothing is left of a wait: no stream, no timer, no probe', async () => {
  const container: Container = {
    describe: checked(() => 'starting'),
    events: async (outgoing) => {
      await sleep(50);
      outgoing.write(event('healthy'));
    },
  };
  await withTcpApp(
    (socket) => socket.resume(),
    async (port) => {
      await withContainer(container, async (engine) => {
        const input = { server: serverOf(engine), app: appAt(endpointAt(port)) };
        expect(await leftBy(() => waitUntilReady(input, healthcheck))).toEqual([]);
      });
    },
  );
});

function quiet(outgoing: ServerResponse): void {
  outgoing.write('\n');
}
