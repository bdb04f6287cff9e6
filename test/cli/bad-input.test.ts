import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fixtures } from '../lab/bed.ts';
import { commandLine } from './command-line.ts';

let folder: string;

/** Each test spoils its own copy of a scenario that is right. None of these needs an engine: bad input is found before one is asked. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  await cp(`${fixtures}tiny`, join(folder, 'tiny'), { recursive: true });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function spoil(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, 'tiny', file);
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}

const noEngine = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

async function run(...args: string[]): ReturnType<typeof commandLine> {
  return await commandLine(['run', 'tiny', ...args], { cwd: folder, env: noEngine });
}

test('an unknown scenario, with the nearest one that there is', async () => {
  const { exitCode, err, out } = await commandLine(['run', 'node-apu'], { cwd: folder, env: noEngine });
  expect(exitCode).toBe(2);
  expect(err).toContain('node-api');
  expect(err).toContain('→ ');
  expect(out).toBe('');
});

test('an unknown key, with its place, its line and the nearest key', async () => {
  await spoil('scenario.yaml', 'variants:', 'varaints:');
  const { exitCode, err } = await run();
  expect(exitCode).toBe(2);
  expect(err).toContain('tiny/scenario.yaml:4:1');
  expect(err).toContain('varaints:');
  expect(err).toMatch(/did you mean .variants/i);
});

test('a wrong unit, with what to write instead', async () => {
  await spoil('scenario.yaml', 'timeout: 30 s', 'timeout: 30 sec');
  const { exitCode, err } = await run();
  expect(exitCode).toBe(2);
  expect(err).toContain('tiny/scenario.yaml:8:');
  expect(err).toContain('60 s');
});

test('a missing Dockerfile, where the scenario names it', async () => {
  await spoil('scenario.yaml', 'Dockerfile.late }', 'Dockerfile.lost }');
  const { exitCode, err } = await run();
  expect(exitCode).toBe(2);
  expect(err).toContain('tiny/scenario.yaml:5:');
  expect(err).toContain('Dockerfile.lost');
});

test('a Dockerfile with an unknown instruction, with its line and the nearest one', async () => {
  await spoil('Dockerfile.early', 'COPY . .', 'COPPY . .');
  const { exitCode, err } = await run();
  expect(exitCode).toBe(2);
  expect(err).toContain('Dockerfile.early:4:1');
  expect(err).toContain('COPPY . .');
  expect(err).toMatch(/COPY/);
});

test('an edit whose text is not in the file', async () => {
  await spoil('scenario.yaml', `find: "'initial'"`, `find: "'absent'"`);
  const { exitCode, err } = await run();
  expect(exitCode).toBe(2);
  expect(err).toContain('server.js');
});

test.each([
  [['--kinds', 'first,cod-edit'], 'code-edit'],
  [['--kinds', 'code-edit'], '--kinds first,code-edit'],
  [['--variants', 'lat'], 'late'],
  [['--link', '100'], 'has no unit'],
  [['--link', 'sideways=100mbps'], 'uplink, downlink, mirror'],
  [['--rounds', '0'], 'whole number'],
  [['--rounds', 'many'], 'whole number'],
  [['--no-such-option'], 'unknown option'],
])('%j is refused, and says what would do', async (args, told) => {
  const { exitCode, err } = await run(...args);
  expect(exitCode).toBe(2);
  expect(err).toContain(told);
});

test('no engine: which one was asked, and what to do', async () => {
  const { exitCode, err } = await run();
  expect(exitCode).toBe(3);
  expect(err).toContain('DOCKER_HOST');
  expect(err).toContain('/nowhere/docker.sock');
  expect(err).not.toMatch(/^\s+at /m);
});

test('a stack trace is only for those who ask for one', async () => {
  const { err } = await commandLine(['--verbose', 'run', 'tiny'], { cwd: folder, env: noEngine });
  expect(err).toMatch(/^\s+at /m);
});

test('a results folder that is none', async () => {
  const { exitCode, err } = await commandLine(['report', folder], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(err).toContain('run.json');
});

test('a report file of an unknown kind, with those that are known', async () => {
  const { exitCode, err } = await commandLine(['report', join(fixtures, '../runs/before-after'), '-o', 'x.docx'], {
    cwd: folder,
  });
  expect(exitCode).toBe(2);
  expect(err).toContain('.md');
});

test('help and version are results, not errors', async () => {
  const help = await commandLine(['--help']);
  expect(help.exitCode).toBe(0);
  expect(help.out).toContain('Exit codes');
  const version = await commandLine(['--version']);
  expect(version).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});
