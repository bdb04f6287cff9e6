import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRun } from '../../src/results/run-folder.ts';
import { commandLine, type Finished } from '../cli/command-line.ts';
import { connectToEngine, fixtures, inventory } from '../lab/bed.ts';

let folder: string;
let finished: Finished;
let before: Awaited<ReturnType<typeof inventory>>;

/** One real comparison of a variant with itself; the tests look at what it printed and left. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  before = await inventory(await connectToEngine());
  const options = ['--pairs', '6', '--variants', 'early', '--link', '100mbps', '--seed', '5', '--results', 'kept'];
  const reports = ['--json', '-o', 'noise.md', '-o', 'noise.txt'];
  finished = await commandLine(['calibrate', `${fixtures}tiny`, ...options, ...reports], { cwd: folder });
}, 400_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('nothing tells the halves apart, and the engine is as it was', async () => {
  expect(finished.err).not.toContain('deployclock:');
  expect(finished.exitCode).toBe(0);
  expect(await inventory(await connectToEngine())).toEqual(before);
});

test('stdout is one JSON document with the noise of every time of the code edit', () => {
  const { calibration } = JSON.parse(finished.out);
  expect(calibration.alarms).toEqual([]);
  expect(calibration.tooFew).toEqual([{ kind: 'first', pairs: 1 }]);
  expect(calibration.family).toMatchObject({ pairs: 6, looks: [], rates: { exchanges: 64 } });
  const names = ['release', 'build', 'push', 'pull', 'stop', 'start', 'ready', 'cold-start'];
  expect(calibration.floors.map(({ name }: { name: string }) => name)).toEqual(names);
  for (const { medianMs, spread, pairs } of calibration.floors) {
    expect(pairs).toBe(6);
    expect(medianMs).toBeGreaterThan(0);
    expect(spread).toBeGreaterThan(0);
  }
});

test('the run has one variant twice, under a name of its own, and can be reported again', async () => {
  const [id = 'none'] = await readdir(join(folder, 'kept/tiny-calibrate'));
  const { record } = readRun(join(folder, 'kept/tiny-calibrate', id));
  const [a, b] = record.scenario.variants;
  expect(a).toMatchObject({ name: 'a', dockerfile: 'Dockerfile.early' });
  expect(b).toEqual({ ...a, name: 'b' });
  expect(record.command).toBe(
    `deployclock calibrate ${fixtures}tiny --pairs 6 --variants early --link 100mbps --seed 5`,
  );
  expect(record.plan.turns.filter(({ kind }) => kind === 'code-edit')).toHaveLength(12);
  expect((await commandLine(['report', join('kept/tiny-calibrate', id)], { cwd: folder })).exitCode).toBe(0);
});

test('the report files have the gates to write into scenario.yaml', async () => {
  for (const file of ['noise.md', 'noise.txt']) {
    const text = await readFile(join(folder, file), 'utf8');
    expect(text).toContain('gates:');
    expect(text).toMatch(/code-edit\.release: \{ max-slowdown: \d+ %, floor: 200 ms \}/);
  }
});
