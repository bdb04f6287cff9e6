import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRun } from '../../src/results/run-folder.ts';
import type { Sample } from '../../src/results/sample.ts';
import { connectToEngine, inventory } from '../lab/bed.ts';
import { commandLine, type Finished } from './command-line.ts';
import { openScratchRepository, type ScratchBranch, type ScratchRepository } from './scratch-repository.ts';

let repository: ScratchRepository;
let outputs: string;

beforeAll(async () => {
  repository = await openScratchRepository();
  outputs = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
});

afterAll(async () => {
  await repository?.close();
  await rm(outputs, { recursive: true, force: true });
});

interface Judged extends Finished {
  readonly samples: readonly Sample[];
  readonly read: (file: string) => Promise<string>;
}

let runs = 0;

/** Runs `deployclock ci` in the repository, as a job of GitHub would; the engine must be as it was afterwards. */
async function ci(base: string, head: ScratchBranch, ...more: string[]): Promise<Judged> {
  await repository.switchTo(head);
  runs += 1;
  const folder = join(outputs, String(runs));
  const engine = await connectToEngine();
  const before = await inventory(engine);
  const files = ['--comment', `${folder}.comment.md`, '-o', `${folder}.xml`, '--results', folder];
  const app = ['--edit', 'src/server.pl', '--health', '/', '--seed', '7'];
  const finished = await commandLine(['ci', '--base', base, ...app, ...files, ...more], {
    cwd: repository.folder,
    env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: `${folder}.summary.md` },
  });
  expect(await inventory(engine)).toEqual(before);
  expect(await status()).toBe('');
  const names = await readdir(folder).catch((): string[] => []);
  const scenario = names.find((name) => !name.includes('.'));
  const [id] = scenario === undefined ? [] : await readdir(join(folder, scenario));
  const samples = scenario === undefined || id === undefined ? [] : readRun(join(folder, scenario, id)).samples;
  return { ...finished, samples, read: (file) => readFile(`${folder}.${file}`, 'utf8') };
}

async function status(): Promise<string> {
  return (await execa('git', ['status', '--porcelain'], { cwd: repository.folder })).stdout;
}

/** Long sentences are wrapped. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

function count(samples: readonly Sample[], round: number, variant: string): number {
  return samples.filter((each) => each.round === round && each.variant === variant && each.kind === 'code-edit').length;
}

test('COPY . . before the install: exit 1, naming build, push and pull, confirmed on fresh nodes', async () => {
  const { exitCode, out, err, samples, read } = await ci('HEAD~1', 'slow');
  expect(samples.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  expect(exitCode).toBe(1);
  expect([count(samples, 1, 'head'), count(samples, 2, 'head'), count(samples, 2, 'base')]).toEqual([6, 10, 10]);
  expect(err).toContain('suspected: code-edit.release, code-edit.build, code-edit.push, code-edit.pull.');
  for (const metric of ['release', 'build', 'push', 'pull']) {
    expect(oneLine(out)).toMatch(new RegExp(`✘ code-edit\\.${metric} of head: \\+\\d[^✘✔]*: regressed`));
  }
  expect(out).toContain('FAILED');
  // The lines of the Dockerfile that did it.
  expect(err).toMatch(/^::error file=Dockerfile,line=3.*title=code-edit\.build/m);
  expect(await read('comment.md')).toMatch(/^<!-- deployclock:[\w.-]+ -->\n/);
  expect(await read('summary.md')).toContain('code-edit.pull');
  expect(await read('xml')).toMatch(/<testcase [^>]*name="code-edit\.build increase[^>]*>\s*<failure/);
}, 600_000);

test('the other way round: exit 0, and what was won', async () => {
  const { exitCode, out, err, samples, read } = await ci('slow', 'main');
  expect(samples.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  expect(exitCode).toBe(0);
  expect([count(samples, 1, 'head'), count(samples, 2, 'head')]).toEqual([6, 0]);
  expect(oneLine(out)).toMatch(/A code edit deploys in [\d.]+ \w+ instead of [\d.]+ s/);
  expect(err).toContain('::notice file=Dockerfile');
  expect(await read('comment.md')).toMatch(/A code edit deploys in .* instead of/);
}, 600_000);

test('a change of the README alone: exit 0', async () => {
  const { exitCode, out, err, samples } = await ci('main', 'readme');
  expect(samples.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  expect(exitCode).toBe(0);
  expect(out).not.toContain('regressed');
  expect(err).not.toContain('::error');
}, 600_000);

test('a Dockerfile that only head has: the facts of head and its budgets, and no comparison', async () => {
  const { exitCode, out, err, samples } = await ci('empty', 'main', '--budget', 'image.bytes=1MB');
  expect(exitCode).toBe(1);
  expect(err).toContain('not compared: ');
  expect(new Set(samples.map(({ variant }) => variant))).toEqual(new Set(['head']));
  expect(oneLine(out)).toMatch(/image\.bytes of head, code-edit: [\d.]+ MB, budget 1 MB: over/);
}, 600_000);

test('a base that does not build: head is judged by its budgets alone, and that is said', async () => {
  const { exitCode, out, samples, read } = await ci('broken', 'main', '--budget', 'code-edit.release=10min');
  expect(samples.find(({ variant }) => variant === 'base')?.outcome).toBe('build-failed');
  expect(count(samples, 1, 'head')).toBe(6);
  expect(exitCode).toBe(0);
  expect(oneLine(out)).toContain('base could not be deployed (build-failed)');
  expect(oneLine(out)).toMatch(/code-edit\.release of head: [\d.]+ \w+, budget 10(\.0)? min/);
  expect(await read('comment.md')).toContain('base could not be deployed');
}, 600_000);

test('a head that does not build fails as a measurement', async () => {
  const { exitCode, out } = await ci('main', 'broken');
  expect(exitCode).toBe(4);
  expect(out).toContain('build-failed');
}, 600_000);

test('a base that does not exist names the nearest; nothing is measured', async () => {
  const { exitCode, err, samples } = await ci('mian', 'main');
  expect([exitCode, samples.length]).toEqual([2, 0]);
  expect(err).toContain('has no revision "mian". Did you mean "main"?');
});

test('a shallow clone is told how to get the other commits', async () => {
  const clone = join(outputs, 'clone');
  await repository.switchTo('main');
  await execa('git', ['clone', '--quiet', '--depth', '1', `file://${repository.folder}`, clone]);
  const { exitCode, err } = await commandLine(['ci', '--base', 'HEAD~1'], { cwd: clone });
  expect(exitCode).toBe(2);
  expect(err).toContain('shallow clone');
  expect(err).toContain('fetch-depth: 0');
});
