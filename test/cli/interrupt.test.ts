import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRun } from '../../src/results/run-folder.ts';
import { connectToEngine, fixtures, inventory } from '../lab/bed.ts';

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Starts a run as a person would and presses Ctrl-C as soon as its progress says `when`. */
function interruptAt(when: string): Promise<{ exitCode: number | null; err: string }> {
  return new Promise((resolve) => {
    const args = [
      program,
      '--verbose',
      'run',
      `${fixtures}tiny`,
      '--rounds',
      '1',
      '--variants',
      'early',
      '--link',
      '300mbps',
      '--kinds',
      'first,code-edit',
    ];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    let pressed = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      if (!pressed && err.includes(when)) {
        pressed = true;
        child.kill('SIGINT');
      }
    });
    child.on('close', (exitCode) => resolve({ exitCode, err }));
  });
}

test.each([
  ['opening the lab', 0],
  ['first · build', 0],
  ['first · push', 0],
  ['first · ready', 0],
  ['code-edit · stop', 1],
])('Ctrl-C at "%s": exit code 130, nothing left, %i samples kept', async (when, kept) => {
  const before = await inventory(await connectToEngine());
  const temporary = await readdir(tmpdir());
  const { exitCode, err } = await interruptAt(when);
  expect(err).toContain('Interrupted');
  expect(exitCode).toBe(130);
  expect(await inventory(await connectToEngine())).toEqual(before);
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith('deployclock-') && !temporary.includes(name));
  expect(left).toEqual([]);
  const [id] = await readdir(join(folder, 'results/tiny')).catch(() => []);
  if (id === undefined) expect(kept).toBe(0);
  else expect(readRun(join(folder, 'results/tiny', id)).samples).toHaveLength(kept);
});
