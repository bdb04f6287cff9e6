import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRun } from '../../src/results/run-folder.ts';
import type { Sample } from '../../src/results/sample.ts';
import { connectToEngine, inventory } from '../lab/bed.ts';
import { commandLine, type Finished } from './command-line.ts';

/** Folders that deployclock has never seen: no scenario.yaml, and nothing may be added to them. */
let folder: string;
let results: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  results = join(folder, 'results');
  await mkdir(join(folder, 'app'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'app', name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text);
  }
}

/** Every path in the folder with the digest of its content. */
async function contents(): Promise<Record<string, string>> {
  const names = await readdir(join(folder, 'app'), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const digests = files.map(async (file): Promise<[string, string]> => {
    return [
      file,
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ];
  });
  return Object.fromEntries(await Promise.all(digests));
}

/** Runs deployclock inside the folder; the folder and the engine must be as they were afterwards. */
async function runThere(...args: string[]): Promise<{ finished: Finished; samples: readonly Sample[] }> {
  const engine = await connectToEngine();
  const before = { files: await contents(), engine: await inventory(engine) };
  const options = ['--rounds', '1', '--link', 'unshaped', '--results', results];
  const finished = await commandLine(['run', ...args, ...options], { cwd: join(folder, 'app') });
  expect({ files: await contents(), engine: await inventory(engine) }).toEqual(before);
  const [name = 'none'] = await readdir(results).catch(() => []);
  const [id = 'none'] = await readdir(join(results, name)).catch(() => []);
  return { finished, samples: finished.exitCode === 0 ? readRun(join(results, name, id)).samples : [] };
}

test('a Node app: two Dockerfiles, with what was not said found and told', async () => {
  await write({
    'package.json': '{ "name": "shop", "version": "1.0.0", "main": "src/index.js" }',
    'package-lock.json':
      '{ "name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {} }',
    'src/index.js':
      "require('http').createServer((q, r) => r.writeHead(q.url === '/healthz' ? 200 : 404).end()).listen(3000);\nprocess.on('SIGTERM', () => process.exit(0));\n",
    'Dockerfile.before':
      'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nEXPOSE 3000\nCMD ["node", "src/index.js"]\n',
    'Dockerfile.after':
      'FROM node:20-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY src ./src\nEXPOSE 3000\nCMD ["node", "src/index.js"]\n',
  });
  const args = [
    'Dockerfile.before',
    'Dockerfile.after',
    '--health',
    '/healthz',
    '--kinds',
    'first,code-edit,dependency-edit',
  ];
  const { finished, samples } = await runThere(...args);
  expect(finished.err).toContain('assumed: Port 3000');
  expect(finished.err).toContain('src/index.js');
  expect(finished.err).toContain('package-lock.json');
  expect(samples.map(({ outcome }) => outcome)).toEqual(samples.map(() => 'ok'));
  const cached = (variant: string, kind: string): number | null | undefined =>
    samples.find((sample) => sample.variant === variant && sample.kind === kind)?.facts['build.cachedSteps'];
  // WORKDIR; and where the lock file comes first, its COPY and npm ci.
  expect([cached('before', 'code-edit'), cached('after', 'code-edit')]).toEqual([1, 3]);
  expect([cached('before', 'dependency-edit'), cached('after', 'dependency-edit')]).toEqual([1, 1]);
  expect(finished.out).toContain('before → after');
});

test('a program in C: one Dockerfile alone is timed without comparison', async () => {
  const bundled = new URL('../../scenarios/c-service/', import.meta.url);
  await cp(new URL('app', bundled), join(folder, 'app'), { recursive: true });
  await cp(new URL('Dockerfile.after', bundled), join(folder, 'app/Dockerfile'));
  const args = ['Dockerfile', '--port', '8080', '--health', '/healthz', '--kinds', 'first,code-edit,no-change'];
  const { finished, samples } = await runThere(...args);
  expect(finished.err).toContain('src/main.c');
  expect(samples.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['first', 'ok'],
    ['code-edit', 'ok'],
    ['no-change', 'ok'],
  ]);
  // The binary alone is another one.
  expect(samples[1]?.facts['pull.layers']).toBe(1);
  expect(finished.out).not.toMatch(/×\d/);
});

test('a static site behind a server, at two git revisions: nothing is written into the repository', async () => {
  const site = { 'index.html': '<!doctype html><title>shop</title><h1>Shop</h1>\n' };
  await write({ ...site, Dockerfile: 'FROM nginx:1.22\nCOPY index.html /usr/share/nginx/html/\n' });
  const git = async (...args: string[]): Promise<unknown> => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'init.defaultBranch=main'];
    return await execa('git', [...identity, ...args], { cwd: join(folder, 'app') });
  };
  await git('init');
  await git('add', '.');
  await git('commit', '-m', 'one');
  await git('tag', 'v1');
  await write({ Dockerfile: 'FROM nginx:1.22\nLABEL revision=two\nCOPY index.html /usr/share/nginx/html/\n' });
  await git('commit', '-a', '-m', 'two');
  await write({ Dockerfile: 'FROM nothing-of-the-kind\n' });
  const args = ['--ref', 'v1', '--ref', 'HEAD', '--health', '/', '--kinds', 'first,code-edit'];
  const { finished, samples } = await runThere(...args);
  expect(finished.err).not.toContain('deployclock:');
  expect(finished.err).toContain('80');
  expect(samples.map(({ variant, outcome }) => `${variant} ${outcome}`).toSorted()).toEqual([
    ...['head ok', 'head ok', 'v1 ok', 'v1 ok'],
  ]);
});
