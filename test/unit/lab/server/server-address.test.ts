import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseServer } from '../../../../src/lab/server/server-address.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

async function addContext(name: string, host: string): Promise<void> {
  const folder = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
}

test.each([
  ['ssh://deploy@box', { sort: 'ssh', user: 'deploy', host: 'box', port: 22 }],
  ['ssh://box:2222', { sort: 'ssh', user: null, host: 'box', port: 2222 }],
  ['tcp://10.0.0.5', { sort: 'tcp', host: '10.0.0.5', port: 2375, tls: null }],
  ['unix:///run/docker.sock', { sort: 'unix', path: '/run/docker.sock' }],
])('reads %s', async (written, address) => {
  expect(await parseServer(written, { HOME: home })).toEqual(address);
});

test('a context is looked up in Docker’s store; DOCKER_HOST has no say in it', async () => {
  await addContext('production', 'ssh://deploy@box');
  const env = { HOME: home, DOCKER_HOST: 'tcp://elsewhere' };
  expect(await parseServer('context:production', env)).toMatchObject({ sort: 'ssh', host: 'box', user: 'deploy' });
  await expect(parseServer('context:gone', env)).rejects.toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining('gone'),
    hint: 'docker context ls',
  });
});

test('TCP with TLS takes Docker’s own key material', async () => {
  for (const name of ['ca', 'cert', 'key']) await writeFile(join(home, `${name}.pem`), name);
  const env = { HOME: home, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: home };
  expect(await parseServer('tcp://box', env)).toMatchObject({
    port: 2376,
    tls: { ca: 'ca', cert: 'cert', key: 'key' },
  });
});

test.each([
  'box',
  'root@box',
  'npipe:////./pipe/engine',
  'ssh://',
  '-oProxyCommand=id',
  'ssh://box/var/run/docker.sock',
])('refuses %j as wrong usage', async (written) => {
  await expect(parseServer(written, { HOME: home })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining(`--server ${written}`),
  });
});

test('a password in an address is refused, and not repeated', async () => {
  const thrown = await parseServer('ssh://deploy:hunter2@box', { HOME: home }).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'USAGE', hint: expect.stringContaining('--server ssh://deploy@box') });
  expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain('hunter2');
});
