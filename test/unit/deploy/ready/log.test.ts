import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { appAt, clock, expectWithin, leftBy, serverOf, waitUntilReady } from './bed.ts';
import { frame, stamped, withContainer } from './container.ts';

const log = (pattern: string, occurrences = 1) => ({ check: 'log', pattern, occurrences }) as const;

/** Writes, then goes on following. */
const writing =
  (...chunks: readonly Buffer[]) =>
  (outgoing: ServerResponse): void => {
    for (const chunk of chunks) outgoing.write(chunk);
  };

test.each([
  ['the same time', 0],
  ['an hour more', 3_600_000],
])(
  'a line counts when it arrives, and reaches back to when it was written, on an engine whose clock shows %s',
  async (_, clockAhead) => {
    let truth = 0;
    const container = {
      clockAhead,
      log: async (outgoing: ServerResponse) => {
        outgoing.write(frame('stdout', stamped('starting\n')));
        await sleep(400);
        truth = clock.now();
        const line = stamped('ready to serve\n', Date.now() + clockAhead);
        await sleep(40);
        outgoing.write(frame('stderr', line));
      },
    };
    await withContainer(container, async (engine) => {
      const input = { server: serverOf(engine), app: appAt(null) };
      const { began, detail, resolution, firstSuccessMs } = await waitUntilReady(input, log('^ready'), { port: null });
      expect(detail).toMatchObject({ check: 'log', listening: null, attempts: null, lastStatus: null });
      expect(detail.firstSuccess?.ms).toBe(firstSuccessMs);
      expectWithin(truth, detail.firstSuccess, began);
      expect(resolution).toBeLessThan(firstSuccessMs);
    });
  },
);

test('so many lines: the first is the first success, the last ends the wait', async () => {
  const container = {
    log: async (outgoing: ServerResponse) => {
      outgoing.write(frame('stdout', stamped('ready to accept connections\n')));
      await sleep(250);
      outgoing.write(frame('stdout', stamped('shutting down\n')));
      outgoing.write(frame('stdout', stamped('ready to accept connections\n')));
    },
  };
  await withContainer(container, async (engine) => {
    const { detail, ms } = await waitUntilReady(
      { server: serverOf(engine), app: appAt(null) },
      log('ready to accept', 2),
    );
    expect(detail.firstSuccess?.ms).toBeLessThan(ms - 20);
  });
});

test('the end of the log is not readiness, and the exit that goes with it is a crash', async () => {
  const container = {
    log: (outgoing: ServerResponse) => {
      outgoing.end(frame('stdout', stamped('almost\n')));
    },
    lastLines: 'almost\n',
  };
  await withContainer(container, async (engine) => {
    const app = appAt(
      null,
      sleep(50).then(() => 0),
    );
    await expect(waitUntilReady({ server: serverOf(engine), app }, log('ready'))).rejects.toMatchObject({
      code: 'APP_CRASHED',
      message: 'The app ended with exit code 0 before it was ready.',
      excerpt: 'almost',
    });
  });
});

test('the deadline tells how many lines there were', async () => {
  const container = { log: writing(frame('stdout', stamped('ready\n'))), lastLines: 'ready\n' };
  await withContainer(container, async (engine) => {
    const input = { server: serverOf(engine), app: appAt(null) };
    await expect(waitUntilReady(input, log('ready', 3), { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'APP_NEVER_READY',
      message: 'The app wrote 1 of 3 lines that match /ready/ within 0.1 s.',
      excerpt: 'ready',
    });
    await expect(waitUntilReady(input, log('Ready'), { timeoutMs: 100 })).rejects.toMatchObject({
      message: 'The app wrote no line that matches /Ready/ within 0.1 s.',
      hint: expect.stringContaining('ready.pattern'),
    });
  });
});

test('an engine that keeps no log is told as such', async () => {
  const container = {
    log: (outgoing: ServerResponse) =>
      void outgoing
        .writeHead(500)
        .end(JSON.stringify({ message: 'configured logging driver does not support reading' })),
  };
  await withContainer(container, async (engine) => {
    await expect(waitUntilReady({ server: serverOf(engine), app: appAt(null) }, log('x'))).rejects.toMatchObject({
      code: 'ENGINE_UNSUITABLE',
      message: expect.stringContaining('configured logging driver does not support reading'),
    });
  });
});

test('nothing is left of a wait: no stream, no timer', async () => {
  await withContainer({ log: writing(frame('stdout', stamped('ready\n'))) }, async (engine) => {
    const input = { server: serverOf(engine), app: appAt(null) };
    expect(await leftBy(() => waitUntilReady(input, log('ready')))).toEqual([]);
    expect(await leftBy(() => waitUntilReady(input, log('never'), { timeoutMs: 60 }))).toEqual([]);
  });
});
