import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRun } from '../../src/results/run-folder.ts';
import { connectToEngine, fixtures, inventory } from '../lab/bed.ts';
import { commandLine, type Finished } from './command-line.ts';

let folder: string;
let run: string;
let finished: Finished;
let before: Awaited<ReturnType<typeof inventory>>;

/** One real run of two rounds, driven by the whole command; the tests look at what it printed and left. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  before = await inventory(await connectToEngine());
  finished = await commandLine(
    [
      'run',
      `${fixtures}tiny`,
      '--rounds',
      '2',
      '--seed',
      '11',
      '--link',
      '100mbps',
      '--kinds',
      'first,code-edit,rollback',
      '--repeat',
      'code-edit=2',
      '--results',
      'kept',
      '--json',
      '-o',
      'report.md',
      '-o',
      'report.txt',
    ],
    { cwd: folder },
  );
  const [id] = await readdir(join(folder, 'kept/tiny')).catch(() => ['none']);
  run = join(folder, 'kept/tiny', id ?? 'none');
}, 400_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('it succeeds, and leaves the engine as it was', async () => {
  expect(finished.err).not.toContain('deployclock:');
  expect(finished.exitCode).toBe(0);
  expect(await inventory(await connectToEngine())).toEqual(before);
});

test('with --json stdout is one JSON document and nothing else', () => {
  expect(JSON.parse(finished.out)).toMatchObject({ schema: 1 });
});

test('the folder has a sample for every turn of the plan, in order, and the raw record of each', () => {
  const { record, samples, warnings } = readRun(run);
  expect(warnings).toEqual([]);
  expect(record).toMatchObject({
    seed: 11,
    plan: { rounds: 2, kinds: ['first', 'code-edit', 'rollback'], skipped: [] },
  });
  expect(record.scenario.links.uplink).toMatchObject({ label: '100mbps', rate: 100e6 });
  expect(record.fingerprint.nodeEngine.storageDriver).toBe('overlay2');
  expect(samples.map((sample) => [sample.round, sample.kind, sample.repeat, sample.variant])).toEqual(
    record.plan.turns.map((turn) => [turn.round, turn.kind, turn.repeat, turn.variant]),
  );
  expect(samples.map((sample) => sample.order)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  expect(record.linkProbes.map(({ label, wanted }) => [label, wanted])).toEqual([
    ['100mbps', 100e6],
    ['100mbps', 100e6],
  ]);
  expect(samples.map((sample) => sample.outcome)).toEqual(samples.map(() => 'ok'));
});

test('the report files are written, and the same report comes from the folder alone, anywhere', async () => {
  const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
  const elsewhere = join(folder, 'moved/here');
  await cp(run, elsewhere, { recursive: true });
  const here = await commandLine(['report', run], { cwd: folder, env: nowhere });
  const there = await commandLine(['report', elsewhere, '-o', 'again.md', '-o', 'again.txt'], {
    cwd: folder,
    env: nowhere,
  });
  expect(here.exitCode).toBe(0);
  expect(here.out).toContain('release clock');
  expect(there.out).toBe(here.out);
  const json = await commandLine(['report', elsewhere, '--json'], { cwd: folder, env: nowhere });
  expect(json.out).toBe(finished.out);
  for (const kind of ['md', 'txt']) {
    const first = await readFile(join(folder, `report.${kind}`), 'utf8');
    expect(first.length).toBeGreaterThan(500);
    expect(await readFile(join(folder, `again.${kind}`), 'utf8')).toBe(first);
  }
});

test("the user's files are as they were", async () => {
  expect(await readFile(`${fixtures}tiny/app/server.js`, 'utf8')).toContain("'initial'");
});
