import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Credentials, findCredentials } from '../../../../src/lab/registry/credentials.ts';
import { parseRegistryAddress } from '../../../../src/lab/registry/registry-address.ts';

let home: string;
let programs: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  programs = join(home, 'bin');
  await mkdir(programs);
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

async function settings(content: unknown, folder = join(home, '.docker')): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), typeof content === 'string' ? content : JSON.stringify(content));
}

/** A credential helper as Docker runs it: the host on stdin, an answer on stdout. It notes what it was asked. */
async function helper(name: string, script: string): Promise<void> {
  const path = join(programs, `docker-credential-${name}`);
  await writeFile(path, `#!/bin/sh\nprintf '%s ' "$@" >> ${home}/asked\ncat >> ${home}/asked\n${script}\n`);
  await chmod(path, 0o755);
}
const asked = (): Promise<string> => readFile(join(home, 'asked'), 'utf8');

const find = (written = 'registry.example.com/team', env: Record<string, string> = {}): Promise<Credentials> =>
  findCredentials(parseRegistryAddress(written), { env: { PATH: `${programs}:/usr/bin:/bin`, ...env }, home });

const encode = (text: string): string => Buffer.from(text).toString('base64');
const password = (username: string, secret: string): Credentials => ({ sort: 'password', username, password: secret });

test('without settings, or without an entry, there is no login', async () => {
  expect(await find()).toEqual({ sort: 'none' });
  await settings({ auths: { 'other.example.com': { auth: encode('me:secret') }, 'registry.example.com': {} } });
  expect(await find()).toEqual({ sort: 'none' });
});

test.each([
  ['the host', 'registry.example.com'],
  ['an address with scheme and path', 'https://registry.example.com/v2/'],
])('an entry in the file, under %s', async (_, key) => {
  await settings({
    auths: { 'other.example.com': { auth: encode('you:other') }, [key]: { auth: encode('me:se:cr:et\0\0') } },
  });
  expect(await find()).toEqual(password('me', 'se:cr:et'));
});

test('DOCKER_CONFIG names another folder', async () => {
  await settings({ auths: { 'registry.example.com': { auth: encode('me:at-home') } } });
  await settings({ auths: { 'registry.example.com': { auth: encode('me:elsewhere') } } }, join(home, 'elsewhere'));
  expect(await find('registry.example.com', { DOCKER_CONFIG: join(home, 'elsewhere') })).toEqual(
    password('me', 'elsewhere'),
  );
});

test('an identity token counts before a password', async () => {
  await settings({
    auths: { 'registry.example.com': { auth: encode('00000000-0000:'), identitytoken: 'refresh-me' } },
  });
  expect(await find()).toEqual({ sort: 'identity-token', token: 'refresh-me' });
});

test('Docker Hub’s login stands under its old address', async () => {
  await settings({ auths: { 'https://index.docker.io/v1/': { auth: encode('me:hub') } } });
  expect(await find('docker.io/me')).toEqual(password('me', 'hub'));
});

test('the helper of the host before the helper of all before the file', async () => {
  await helper('own', `echo '{"ServerURL":"registry.example.com","Username":"me","Secret":"from own"}'`);
  await helper('all', `echo '{"ServerURL":"registry.example.com","Username":"me","Secret":"from all"}'`);
  const auths = { 'registry.example.com': { auth: encode('me:from file') } };
  await settings({ auths, credsStore: 'all', credHelpers: { 'registry.example.com': 'own' } });
  expect(await find()).toEqual(password('me', 'from own'));
  expect(await asked()).toBe('get registry.example.com');
  await settings({ auths, credsStore: 'all', credHelpers: { 'other.example.com': 'own' } });
  expect(await find()).toEqual(password('me', 'from all'));
});

test('a helper is asked for Docker Hub by its old address, and may give an identity token', async () => {
  await helper('all', `echo '{"Username":"<token>","Secret":"refresh-me"}'`);
  await settings({ credsStore: 'all' });
  expect(await find('docker.io/me')).toEqual({ sort: 'identity-token', token: 'refresh-me' });
  expect(await asked()).toBe('get https://index.docker.io/v1/');
});

test('a helper that knows no login is no failure', async () => {
  await helper('all', 'echo "credentials not found in native keychain"; exit 1');
  await settings({ credsStore: 'all' });
  expect(await find()).toEqual({ sort: 'none' });
});

test.each([
  ['that is missing', null, 'is not on the PATH'],
  ['that fails', 'echo "the secret is hunter22"; echo hunter22 >&2; exit 3', 'failed with exit code 3'],
  ['that answers something else', 'echo hunter22', 'gave no login'],
])('a helper %s is told of without what it said', async (_, script, why) => {
  if (script !== null) await helper('all', script);
  await settings({ credsStore: 'all' });
  const thrown = await find().catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'REGISTRY_DENIED', message: expect.stringContaining(why) });
  expect(thrown).not.toHaveProperty('cause');
  expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain('hunter22');
});

test('damaged settings are told of without their text', async () => {
  await settings('{"auths":{"registry.example.com":{"auth":"aHVudGVyMjI6aHVudGVyMjI');
  const thrown = await find().catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'REGISTRY_DENIED', message: expect.stringContaining('config.json') });
  expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain('aHVud');
});
