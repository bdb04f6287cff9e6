import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLine, type Finished } from '../cli/command-line.ts';
import { connectToEngine, inventory } from '../lab/bed.ts';

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
