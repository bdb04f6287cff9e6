import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { standInsHash } from '../../../../../src/lab/setup/recipes/base-images/contexts.ts';
import { readCaBundle } from '../../../../../src/lab/setup/recipes/ca-bundle.ts';
import { engineRecipeHash } from '../../../../../src/lab/setup/recipes/engine-root-file-system.ts';
import { recipeHash } from '../../../../../src/lab/setup/recipes/recipe-hash.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const certificate = (content: string): string => `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----`;

test('12 hexadecimal digits that depend on every value and on no order of keys', () => {
  const hash = recipeHash({ a: 1, b: { c: ['x', 'y'], d: null } });
  expect(hash).toMatch(/^[0-9a-f]{12}$/);
  expect(recipeHash({ b: { d: null, c: ['x', 'y'] }, a: 1 })).toBe(hash);
  expect(recipeHash({ a: 1, b: { c: ['y', 'x'], d: null } })).not.toBe(hash);
  expect(recipeHash({ a: 2, b: { c: ['x', 'y'], d: null } })).not.toBe(hash);
});

test('the architecture is part of a recipe', async () => {
  expect(engineRecipeHash('x64')).not.toBe(engineRecipeHash('arm64'));
  expect(await standInsHash('x64', {})).not.toBe(await standInsHash('arm64', {}));
});

test("the machine's certificate authorities are part of the stand-ins' recipe", async () => {
  const env = { NODE_EXTRA_CA_CERTS: join(folder, 'extra.pem') };
  const before = await standInsHash('x64', env);
  await writeFile(env.NODE_EXTRA_CA_CERTS, certificate('proxy'));
  const after = await standInsHash('x64', env);
  expect(after).not.toBe(before);
  expect(await standInsHash('x64', env)).toBe(after);
});

test('the bundle has every authority of every place once', async () => {
  const [extra, file, system] = ['extra', 'file', 'system'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(extra, certificate('proxy'));
  await writeFile(system, `# comment\n${certificate('one')}\n${certificate('proxy')}\n${certificate('two')}\n`);
  const bundle = await readCaBundle({ NODE_EXTRA_CA_CERTS: extra, SSL_CERT_FILE: file }, system);
  expect(bundle).toBe(`${['proxy', 'one', 'two'].map(certificate).join('\n')}\n`);
});

test('a machine without a bundle has none', async () => {
  expect(await readCaBundle({ SSL_CERT_FILE: '' }, join(folder, 'absent'))).toBeNull();
});
