import { afterEach, expect, test, vi } from 'vitest';
import { monotonicClock } from '../../../../src/clock.ts';
import { BuildFailure, buildImage } from '../../../../src/lab/engine/build-image.ts';
import type { StreamMessage } from '../../../../src/lab/engine/stream-messages.ts';
import { pullImage, pushImage } from '../../../../src/lab/engine/transfer-image.ts';
import { withEngine } from './engine-behind-a-socket.ts';

const never = new AbortController().signal;
const digest = `sha256:${'a'.repeat(64)}`;
const line = (body: unknown): string => `${JSON.stringify(body)}\r\n`;
const request = { tar: Buffer.from('tar'), dockerfile: 'Dockerfile', tag: 'x:1', target: null, buildArgs: {} };

afterEach(() => {
  vi.unstubAllEnvs();
});

test('an engine on a socket is asked there, whatever DOCKER_HOST says', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1');
  await withEngine(
    (_, outgoing) => outgoing.end(line({ status: `one: digest: ${digest} size: 1` })),
    async (engine) => {
      expect(engine.apiVersion).toBe('1.43');
      await expect(pushImage(engine, 'host:1/x', 'one', monotonicClock, never)).resolves.toMatchObject({ digest });
    },
  );
});

test('an error inside a stream that began with 200 is a failure', async () => {
  await withEngine(
    (_, outgoing) =>
      outgoing.end(line({ status: 'Pushing' }) + line({ errorDetail: { message: 'denied: no such thing' } })),
    async (engine) => {
      await expect(pushImage(engine, 'host:1/x', 'one', monotonicClock, never)).rejects.toMatchObject({
        code: 'PUSH_FAILED',
        message: expect.stringContaining('denied: no such thing'),
      });
      await expect(buildImage(engine, request, monotonicClock, never, () => undefined)).rejects.toBeInstanceOf(
        BuildFailure,
      );
    },
  );
});

test('a full disk is told as such, whatever was being done', async () => {
  await withEngine(
    (_, outgoing) => outgoing.end(line({ errorDetail: { message: 'write /x: no space left on device' } })),
    async (engine) => {
      await expect(pullImage(engine, 'host:1/x', 'one', monotonicClock, never)).rejects.toMatchObject({
        code: 'NO_SPACE',
      });
      await expect(buildImage(engine, request, monotonicClock, never, () => undefined)).rejects.toMatchObject({
        code: 'NO_SPACE',
      });
    },
  );
});

test.each([
  ['a push', (engine: Parameters<typeof pushImage>[0]) => pushImage(engine, 'host:1/x', 'one', monotonicClock, never)],
  ['a pull', (engine: Parameters<typeof pullImage>[0]) => pullImage(engine, 'host:1/x', 'one', monotonicClock, never)],
  [
    'a build',
    (engine: Parameters<typeof buildImage>[0]) => buildImage(engine, request, monotonicClock, never, () => undefined),
  ],
])('%s whose stream ends early is no success', async (_, work) => {
  await withEngine(
    (_incoming, outgoing) =>
      outgoing.end(line({ status: 'Pulling from x' }) + line({ status: `Digest: ${digest}` }).slice(0, 20)),
    async (engine) => {
      await expect(work(engine)).rejects.toMatchObject({ code: 'STREAM_TRUNCATED' });
    },
  );
});

test('characters and lines that are split between chunks come out whole', async () => {
  const text = Buffer.from(line({ stream: 'größe 漢字 🐳' }) + line({ id: 'moby.image.id', aux: { ID: digest } }));
  await withEngine(
    async (_, outgoing) => {
      for (const byte of text) {
        outgoing.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
      outgoing.end();
    },
    async (engine) => {
      const messages: StreamMessage[] = [];
      await expect(
        buildImage(engine, request, monotonicClock, never, (message) => messages.push(message)),
      ).resolves.toBe(digest);
      expect(messages[0]?.body).toEqual({ stream: 'größe 漢字 🐳' });
    },
  );
});

test('retries of the engine are told: such a transfer is no clean measurement', async () => {
  await withEngine(
    (_, outgoing) =>
      outgoing.end(
        line({ status: 'Retrying in 5 seconds', id: 'abc' }) +
          line({ status: `Digest: ${digest}` }) +
          line({ status: 'Status: Downloaded' }),
      ),
    async (engine) => {
      const { retries } = await pullImage(engine, 'host:1/x', 'one', monotonicClock, never);
      expect(retries).toEqual(['Retrying in 5 seconds']);
    },
  );
});

test('an abort ends a stream that says nothing', async () => {
  const controller = new AbortController();
  await withEngine(
    (_, outgoing) => outgoing.write(line({ status: 'Waiting' })),
    async (engine) => {
      setTimeout(() => controller.abort(), 50);
      await expect(pullImage(engine, 'host:1/x', 'one', monotonicClock, controller.signal)).rejects.toThrow();
    },
  );
});
