import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packContext } from '../../../../../../src/lab/setup/recipes/base-images/pack-context.ts';
import type { StandIn } from '../../../../../../src/lab/setup/recipes/base-images/stand-in.ts';

const light: StandIn = {
  image: 'light:1',
  dockerfile: (caBundle) => `FROM scratch\n# ${caBundle}\n`,
  parts: [],
  texts: { 'a.conf': 'setting' },
  differences: [],
};
const heavy: StandIn = { ...light, image: 'heavy:1', parts: ['node'] };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-context-'));
  await mkdir(join(folder, 'parts/node/bin'), { recursive: true });
  await writeFile(join(folder, 'parts/node/bin/node'), 'program', { mode: 0o755 });
  await writeFile(join(folder, 'parts/root-file-system.tar'), 'not wanted here');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const work = { onProgress: () => {}, signal: new AbortController().signal };
const pack = async (standIn: StandIn, caBundle: string | null, name = 'context.tar'): Promise<string> => {
  const output = join(folder, name);
  await packContext(standIn, join(folder, 'parts'), caBundle, output, work);
  return output;
};
const tar = (...parameters: string[]): string => execFileSync('tar', parameters, { encoding: 'utf8' });
const filesIn = (archive: string): string[] =>
  tar('-tf', archive)
    .split('\n')
    .filter((path) => path !== '' && !path.endsWith('/'))
    .map((path) => path.replace(/^\.\//, ''))
    .toSorted();

test('a context without heavy parts has its Dockerfile and its texts', async () => {
  const archive = await pack(light, null);
  expect(filesIn(archive)).toEqual(['Dockerfile', 'a.conf']);
  expect(tar('-xOf', archive, './Dockerfile')).toBe('FROM scratch\n# false\n');
});

test('heavy parts that the stand-in names come with it, and no others', async () => {
  const archive = await pack(heavy, 'PEM');
  expect(filesIn(archive)).toEqual(['Dockerfile', 'a.conf', 'ca-certificates.crt', 'node/bin/node']);
  expect(tar('-xOf', archive, './ca-certificates.crt')).toBe('PEM');
  expect(tar('-tvf', archive, 'node/bin/node')).toMatch(/^-rwxr-xr-x 0\/0 /);
});

test('the same content gives the same bytes', async () => {
  const first = await readFile(await pack(heavy, 'PEM', 'first.tar'));
  const second = await readFile(await pack(heavy, 'PEM', 'second.tar'));
  expect(second.equals(first)).toBe(true);
});
