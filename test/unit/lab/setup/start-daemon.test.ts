import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersPing, type DaemonSettings, startDaemon } from '../../../../src/lab/setup/start-daemon.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemon-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const work = { onProgress: () => {}, signal: new AbortController().signal };
const log = (): string => join(folder, 'log');
const socket = (): string => join(folder, 'socket');
const daemon = (script: string, answerWithinMs = 10_000): DaemonSettings => ({
  command: [process.execPath, '-e', script],
  socket: socket(),
  logFiles: [join(folder, 'not/writable'), log()],
  systemd: false,
  answerWithinMs,
});
/** Tells its process id and its standard streams, then answers like an engine. */
const answering = (): string => `
  const fs = require('node:fs');
  console.log(JSON.stringify({ pid: process.pid, streams: [0, 1, 2].map((fd) => fs.readlinkSync('/proc/self/fd/' + fd)) }));
  require('node:http').createServer((request, response) => response.end('OK')).listen(${JSON.stringify(socket())});
`;

test.runIf(process.platform === 'linux')(
  'starts a session of its own that holds none of our streams, and waits for its answer',
  async () => {
    expect(await answersPing(socket())).toBe(false);
    await startDaemon(daemon(answering()), work);
    const { pid, streams } = JSON.parse(await readFile(log(), 'utf8')) as { pid: number; streams: string[] };
    try {
      expect(await answersPing(socket())).toBe(true);
      expect(streams).toEqual(['/dev/null', log(), log()]);
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
      expect(fields[3]).toBe(String(pid));
    } finally {
      process.kill(pid);
    }
  },
);

test('one that dies early is told at once, with its last lines', async () => {
  const started = performance.now();
  const failing = startDaemon(daemon('console.error("iptables missing"); process.exitCode = 1', 60_000), work);
  await expect(failing).rejects.toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining('exit code 1'),
    excerpt: 'iptables missing',
  });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('one that is not installed is told at once', async () => {
  const missing: DaemonSettings = { ...daemon(''), command: ['deployclock-no-such-daemon'] };
  await expect(startDaemon(missing, work)).rejects.toMatchObject({
    message: expect.stringContaining('could not be run'),
  });
});

test('one that never answers is given up and ended', async () => {
  const silent = daemon('console.log(process.pid); setTimeout(() => {}, 60000)', 1000);
  await expect(startDaemon(silent, work)).rejects.toMatchObject({ message: expect.stringContaining('did not answer') });
  const pid = Number(await readFile(log(), 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('called off, it ends what it had started', async () => {
  const controller = new AbortController();
  const reason = new Error('called off');
  const starting = startDaemon(daemon('console.log(process.pid); setTimeout(() => {}, 60000)'), {
    ...work,
    signal: controller.signal,
  });
  await expect.poll(() => readFile(log(), 'utf8').catch(() => '')).not.toBe('');
  controller.abort(reason);
  await expect(starting).rejects.toBe(reason);
  const pid = Number(await readFile(log(), 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
