import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectToEngine, inventory } from '../lab/bed.ts';
import { commandLine, type Finished } from './command-line.ts';

let folder: string;
let finished: Finished;
let before: Awaited<ReturnType<typeof inventory>>;
let temporary: string[];

async function temporaryFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('deployclock-selftest-'));
}

/** The real self-test with its smallest plant; those in transfers take minutes more. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  before = await inventory(await connectToEngine());
  temporary = await temporaryFolders();
  const options = ['--pairs', '7', '--plants', 'delayed-start', '--seed', '5', '--results', 'kept', '--json'];
  finished = await commandLine(['selftest', ...options], { cwd: folder });
}, 600_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('the plant is found and nothing else, and engine and temporary files are as they were', async () => {
  expect(finished.err).not.toContain('deployclock:');
  const { selftest } = JSON.parse(finished.out);
  expect(selftest.findings).toMatchObject([{ variant: 'delayed-start', metric: 'ready', found: true }]);
  expect(selftest.untouched.filter(({ alarm }: { alarm: boolean }) => alarm)).toEqual([]);
  expect(finished.exitCode).toBe(0);
  expect(await inventory(await connectToEngine())).toEqual(before);
  expect(await temporaryFolders()).toEqual(temporary);
});

test('the estimate is near the size that was planted', () => {
  const { selftest } = JSON.parse(finished.out);
  const [{ plantedMs, change }] = selftest.findings;
  expect(plantedMs).toBe(400);
  expect(Math.abs(change.differenceMs - plantedMs)).toBeLessThan(150);
});

const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

test.each([
  ['five pairs', ['--pairs', '5'], 'a whole number from 6 to 100'],
  ['a link without a rate', ['--link', 'unshaped'], 'links of at most 100 Mbit/s'],
  ['a link that is too fast', ['--link', 'lan'], 'links of at most 100 Mbit/s'],
  ['an unknown plant', ['--plants', 'slow-lnk'], 'Did you mean "slow-link"?'],
])('%s: refused before an engine is asked for anything', async (_, options, message) => {
  const { exitCode, err, out } = await commandLine(['selftest', ...options], { env: nowhere });
  expect(err).toContain(message);
  expect(out).toBe('');
  expect(exitCode).toBe(2);
});
