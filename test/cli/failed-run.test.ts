import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRun } from '../../src/results/run-folder.ts';
import { connectToEngine, fixtures, inventory } from '../lab/bed.ts';
import { commandLine } from './command-line.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  await cp(`${fixtures}tiny`, join(folder, 'tiny'), { recursive: true });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function replaceIn(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, 'tiny', file);
  await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
}

test('one variant that does not build: the other is measured, all is kept, nothing is left, exit code 4', async () => {
  const before = await inventory(await connectToEngine());
  await replaceIn('Dockerfile.late', 'RUN head', 'RUN echo missing compiler && false && head');
  const { exitCode, out } = await commandLine(
    ['run', 'tiny', '--rounds', '3', '--kinds', 'first,code-edit', '--link', 'unshaped'],
    { cwd: folder },
  );
  expect(exitCode).toBe(4);
  expect(out).toContain('build-failed');
  expect(out).toContain('missing compiler');
  const [id] = await readdir(join(folder, 'results/tiny'));
  const { samples } = readRun(join(folder, 'results/tiny', id ?? ''));
  expect(samples.filter((sample) => sample.variant === 'early').map((sample) => sample.outcome)).toEqual(['ok', 'ok']);
  // It fails in the first round, so there is no second one.
  expect(samples.filter((sample) => sample.variant === 'late').map((sample) => sample.outcome)).toEqual([
    'build-failed',
  ]);
  expect(await inventory(await connectToEngine())).toEqual(before);
});

test('a base image that does not exist stops the run before it measures: exit code 3', async () => {
  const before = await inventory(await connectToEngine());
  await replaceIn('Dockerfile.late', 'FROM node:20-slim', 'FROM node:20-slimmer-than-ever');
  const { exitCode, err } = await commandLine(['run', 'tiny'], { cwd: folder });
  expect(exitCode).toBe(3);
  expect(err).toContain('node:20-slimmer-than-ever');
  expect(await readdir(folder)).toEqual(['tiny']);
  expect(await inventory(await connectToEngine())).toEqual(before);
});

test('a link that this machine cannot keep fails the run with its measured rate, instead of mislabelling it: exit code 3', async () => {
  const before = await inventory(await connectToEngine());
  const { exitCode, err } = await commandLine(['run', 'tiny', '--link', '100gbps'], { cwd: folder });
  expect(exitCode).toBe(3);
  expect(err).toMatch(/100gbps/);
  expect(err).toMatch(/\d [GM]bit\/s (from|to) the registry instead of 100 Gbit\/s/);
  expect(await readdir(folder)).toEqual(['tiny']);
  expect(await inventory(await connectToEngine())).toEqual(before);
});
