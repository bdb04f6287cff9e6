import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendHistory, historyFile } from '../../src/results/history.ts';
import { readRun } from '../../src/results/run-folder.ts';
import { createRunFolder } from '../../src/results/write-run.ts';
import { compareRun } from '../../src/verdict/comparison.ts';
import { historyEntry } from '../../src/verdict/history-entry.ts';
import { exampleRecord, exampleSample } from '../unit/results/example-run.ts';
import { commandLine } from './command-line.ts';

let folder: string;

/** None of these needs an engine: a history is read, and nothing is measured. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const results = (): string => join(folder, 'results');
const history = (...args: readonly string[]): ReturnType<typeof commandLine> =>
  commandLine(['history', ...args], { cwd: folder, env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } });

interface Made {
  readonly day: number;
  readonly seconds: number;
  readonly bytes?: number;
  readonly scenario?: string;
  readonly kernel?: string;
}

/** A run's folder as a run leaves it, and its line in the history. */
async function makeRun({ day, seconds, bytes = 1e8, scenario = 'node-api', kernel = '6.1.0' }: Made): Promise<void> {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  const example = exampleRecord();
  const record = {
    ...example,
    id: `${date}T08-00-00Z-7f3a`,
    startedAt: `${date}T08:00:00.000Z`,
    scenario: { ...example.scenario, name: scenario },
    fingerprint: { ...example.fingerprint, kernel },
    git: { commit: String(day).repeat(20), changed: false },
  };
  const journal = await createRunFolder(results(), scenario, record.id, record);
  const numbers = { phases: { build: seconds * 1000 }, facts: { 'image.bytes': bytes } };
  await journal.appendSample(exampleSample(numbers, { kind: 'code-edit' }));
  await journal.appendSample(exampleSample(numbers, { kind: 'code-edit', variant: 'after', order: 2 }));
  await journal.close();
  const run = readRun(journal.folder);
  await appendHistory(results(), historyEntry(run, compareRun(run), null));
}

async function makeRuns(seconds: readonly number[], over: Partial<Made> = {}): Promise<void> {
  for (const [index, each] of seconds.entries()) await makeRun({ day: index + 1, seconds: each, ...over });
}

test('a step in a time, with its run, its date, its commit, from and to', async () => {
  await makeRuns([10, 10.1, 10.2, 10.1, 15, 15.1, 15.2, 15.1]);
  const { exitCode, out, err } = await history('node-api', '--metric', 'code-edit.build', '--variant', 'before');
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(out).toContain('code-edit.build  ▁▁▁▁████  10.0 s → 15.1 s');
  expect(out).toContain('2026-11-05, commit 5555555555, run 2026-11-05T08-00-00Z-7f3a: 10.1 s → 15.1 s, ×1.50');
  expect(out).not.toContain('after');
});

test('a step in a fact from one run to the next, be it of one byte', async () => {
  await makeRun({ day: 1, seconds: 10, bytes: 1e8 });
  await makeRun({ day: 2, seconds: 10, bytes: 2e8 });
  await makeRun({ day: 3, seconds: 10, bytes: 2e8 + 1 });
  const { out } = await history('node-api', '--metric', 'image.bytes', '--variant', 'before');
  expect(out).toContain('2026-11-02, commit 2222222222, run 2026-11-02T08-00-00Z-7f3a: 100 MB → 200 MB\n');
  expect(out).toContain('1 change below 0.1 %, the last 2026-11-03');
  expect(out).toContain('200,000,000 B → 200,000,001 B');
});

test('times of another machine are shown, marked, and never compared', async () => {
  await makeRuns([10, 10, 10, 10]);
  for (const day of [5, 6, 7, 8]) await makeRun({ day, seconds: 15, kernel: '6.2.0' });
  const { out } = await history('node-api', '--metric', 'code-edit.build', '--variant', 'before');
  expect(out).toContain('▅▅▅▅│▅▅▅▅  15.0 s → 15.0 s');
  expect(out).toContain('other machine');
  expect(out).toContain('differs from it in kernel');
  expect(out).toContain('Steps in times need 8 runs of one machine; the most here is 4.');
  expect(out).not.toContain('run 2026-11-05');
});

test('all scenarios in short, without one named; one is found by its folder too', async () => {
  await makeRuns([10, 11]);
  await makeRuns([20], { scenario: 'go-api' });
  const short = await history();
  expect(short.out).toContain('go-api · 1 run, 2026-11-01');
  expect(short.out).toContain('node-api · 2 runs, 2026-11-01 to 2026-11-02');
  expect(short.out).not.toContain('code-edit.build');
  const one = await history('scenarios/go-api/');
  expect(one.out).toContain('code-edit.build');
  expect(one.out).not.toContain('node-api');
});

test('only the last runs', async () => {
  await makeRuns([10, 11, 12]);
  const { out } = await history('--last', '2');
  expect(out).toContain('node-api · 2 runs, 2026-11-02 to 2026-11-03');
});

test('one JSON document and nothing else; files by their extension', async () => {
  await makeRuns([10, 11]);
  const { out } = await history('--json', '-o', 'h.txt', '-o', 'h.md', '-o', 'h.json', '-o', 'h.csv');
  const document: unknown = JSON.parse(out);
  expect(document).toMatchObject({
    schema: 1,
    scenarios: [{ scenario: 'node-api', runs: [{ run: '2026-11-01T08-00-00Z-7f3a' }, {}] }],
    warnings: [],
  });
  expect(await readFile(join(folder, 'h.json'), 'utf8')).toBe(out);
  expect(await readFile(join(folder, 'h.txt'), 'utf8')).toContain('node-api · 2 runs');
  expect(await readFile(join(folder, 'h.md'), 'utf8')).toContain('## node-api');
  expect((await readFile(join(folder, 'h.csv'), 'utf8')).split('\r\n').length).toBeGreaterThan(8);
});

test('digits where the terminal has no blocks', async () => {
  await makeRuns([10, 20]);
  const { out } = await commandLine(['history'], { cwd: folder, env: { TERM: 'dumb' } });
  expect(out).toContain('18  10.0 s -> 20.0 s');
});

test('no history yet: what makes one', async () => {
  const { exitCode, err, out } = await history();
  expect(exitCode).toBe(2);
  expect(err).toContain(join('results', historyFile));
  expect(err).toContain('→ deployclock run');
  expect(out).toBe('');
});

test('lines that cannot be read are named, and the others are shown', async () => {
  await makeRuns([10]);
  await appendFile(join(results(), historyFile), '{"schema":1,"run":"2026-');
  await makeRun({ day: 2, seconds: 11 });
  await appendFile(join(results(), historyFile), '{"schema":2}\n');
  const { exitCode, err, out } = await history();
  expect(exitCode).toBe(0);
  expect(err).toContain('Warning: history.ndjson:2 is not whole');
  expect(err).toContain('Warning: history.ndjson:4 has schema 2: a newer deployclock wrote it');
  expect(out).toContain('node-api · 2 runs');
});

test('a history of which no line can be read', async () => {
  await makeRuns([10]);
  await writeFile(join(results(), historyFile), '{"schema":2}\n');
  const { exitCode, err } = await history();
  expect(exitCode).toBe(2);
  expect(err).toContain('can be read by this version');
});

test.each([
  [['node-apu'], 'Did you mean "node-api"?'],
  [['something-else'], 'Known: node-api'],
  [['--metric', 'code-edit.relaese'], 'Did you mean "code-edit.release"?'],
  [['--metric', 'rollback.release'], 'kinds: first, code-edit'],
  [['--variant', 'befor'], 'Did you mean "before"?'],
  [['--last', '0'], 'whole number'],
  [['-o', 'x.docx'], '.csv'],
  [['-o', 'nowhere/x.md'], 'mkdir -p nowhere'],
])('%j is refused, and says what would do', async (args, told) => {
  await makeRuns([10]);
  const { exitCode, err, out } = await history(...args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain(told);
});

test('a results folder that is a file', async () => {
  await writeFile(join(folder, 'results'), '');
  const { exitCode, err } = await history();
  expect(exitCode).toBe(2);
  expect(err).toContain('could not be read');
});
