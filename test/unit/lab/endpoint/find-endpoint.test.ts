import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineAddress } from '../../../../src/lab/endpoint/address.ts';
import { type EndpointSearch, findEndpoint } from '../../../../src/lab/endpoint/find-endpoint.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'endpoint-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const everything = async (): Promise<void> => {};
const nothing = async (): Promise<never> => {
  throw new Error('connect ECONNREFUSED');
};
const onlySocket =
  (path: string) =>
  async (address: EngineAddress): Promise<void> => {
    if (address.sort !== 'unix' || address.path !== path) await nothing();
  };

const find = (search: Partial<EndpointSearch>): ReturnType<typeof findEndpoint> =>
  findEndpoint({ flag: null, env: {}, home, uid: 1000, probe: everything, ...search });

async function addContext(folder: string, name: string, host: string, keys: readonly string[] = []): Promise<void> {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = join(folder, 'contexts/meta', id);
  const tls = join(folder, 'contexts/tls', id, 'docker');
  await mkdir(meta, { recursive: true });
  await mkdir(tls, { recursive: true });
  const content = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
  await writeFile(join(meta, 'meta.json'), JSON.stringify(content));
  for (const key of keys) await writeFile(join(tls, `${key}.pem`), `content of ${key}`);
}

async function useContext(folder: string, currentContext: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: {}, currentContext }));
}

const unix = (path: string): EngineAddress => ({ sort: 'unix', path });

test('who named the engine: flag before DOCKER_HOST before DOCKER_CONTEXT before the current context before the sockets', async () => {
  const folder = join(home, '.docker');
  await addContext(folder, 'chosen', 'unix:///chosen.sock');
  await addContext(folder, 'current', 'unix:///current.sock');
  await useContext(folder, 'current');
  const env = { DOCKER_HOST: 'unix:///host.sock', DOCKER_CONTEXT: 'chosen' };

  const winners = [
    await find({ flag: 'unix:///flag.sock', env }),
    await find({ flag: 'context:chosen', env }),
    await find({ env }),
    await find({ env: { ...env, DOCKER_HOST: '' } }),
    await find({}),
    await find({ home: join(home, 'elsewhere') }),
  ];

  expect(winners.map((found) => found.state === 'found' && found.endpoint)).toEqual([
    { origin: '--host', address: unix('/flag.sock') },
    { origin: 'context chosen (--host)', address: unix('/chosen.sock') },
    { origin: 'DOCKER_HOST', address: unix('/host.sock') },
    { origin: 'context chosen (DOCKER_CONTEXT)', address: unix('/chosen.sock') },
    { origin: `context current (${join(folder, 'config.json')})`, address: unix('/current.sock') },
    { origin: 'usual socket', address: unix('/var/run/docker.sock') },
  ]);
});

test('DOCKER_CONFIG moves the settings folder', async () => {
  const folder = join(home, 'moved');
  await addContext(folder, 'current', 'ssh://deploy@box');
  await useContext(folder, 'current');
  expect(await find({ env: { DOCKER_CONFIG: folder } })).toMatchObject({
    endpoint: { address: { sort: 'ssh', host: 'box', port: 22, user: 'deploy' } },
  });
});

test('the context `default` means the sockets, whatever the current context is', async () => {
  const folder = join(home, '.docker');
  await addContext(folder, 'current', 'unix:///current.sock');
  await useContext(folder, 'current');
  const socket = { endpoint: { origin: 'usual socket' } };
  expect(await find({ env: { DOCKER_CONTEXT: 'default' } })).toMatchObject(socket);
  expect(await find({ flag: 'context:default' })).toMatchObject(socket);
  await useContext(folder, 'default');
  expect(await find({})).toMatchObject(socket);
});

test('the usual sockets are tried in order, and those that did not answer are told', async () => {
  const desktop = join(home, '.docker/run/docker.sock');
  const found = await find({ env: { XDG_RUNTIME_DIR: '/run/user/1000' }, probe: onlySocket(desktop) });
  expect(found).toMatchObject({ state: 'found', endpoint: { address: { path: desktop } } });
  expect(found.tried).toEqual(
    ['/var/run/docker.sock', '/run/user/1000/docker.sock'].map((path) => ({
      origin: 'usual socket',
      address: unix(path),
      problem: 'connect ECONNREFUSED',
    })),
  );
});

test('where no socket answers, every place that was tried is told once', async () => {
  const found = await find({ env: { XDG_RUNTIME_DIR: '/run/user/1000' }, probe: nothing });
  expect(found.state).toBe('none');
  const paths = found.tried.map(({ address }) => address.sort === 'unix' && address.path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toEqual(
    expect.arrayContaining([join(home, '.colima/default/docker.sock'), '/run/user/1000/docker.sock']),
  );
});

test.each([
  { chooser: '--host', search: { flag: 'tcp://box' } },
  { chooser: 'DOCKER_HOST', search: { env: { DOCKER_HOST: 'tcp://box' } } },
  { chooser: 'context far', search: { env: { DOCKER_CONTEXT: 'far' } } },
])(
  'an engine that $chooser names and that does not answer is an error, not a reason to take another',
  async (given) => {
    await addContext(join(home, '.docker'), 'far', 'tcp://box');
    const answer = onlySocket('/var/run/docker.sock');
    await expect(find({ ...given.search, probe: answer })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining(given.chooser),
    });
  },
);

test('a context without an entry in the store is an error that names it', async () => {
  await expect(find({ env: { DOCKER_CONTEXT: 'gone' } })).rejects.toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining('gone'),
  });
});

test('addresses that cannot be used are told apart: a wrong flag is wrong usage, a wrong setting is the environment', async () => {
  await expect(find({ flag: 'box' })).rejects.toMatchObject({ code: 'USAGE' });
  await expect(find({ env: { DOCKER_HOST: 'npipe:////./pipe/engine' } })).rejects.toMatchObject({
    code: 'ENGINE_UNREACHABLE',
  });
});

test('damaged settings are an error that names the file', async () => {
  await mkdir(join(home, '.docker'));
  await writeFile(join(home, '.docker/config.json'), '{');
  await expect(find({})).rejects.toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining('config.json'),
  });
});

test("a context's TLS files are read; a missing one is named", async () => {
  const folder = join(home, '.docker');
  await addContext(folder, 'secure', 'tcp://box:2376', ['ca', 'cert', 'key']);
  await addContext(folder, 'half', 'tcp://box:2376', ['ca']);
  expect(await find({ flag: 'context:secure' })).toMatchObject({
    endpoint: { address: { tls: { ca: 'content of ca', cert: 'content of cert', key: 'content of key' } } },
  });
  await expect(find({ flag: 'context:half' })).rejects.toMatchObject({ message: expect.stringContaining('cert.pem') });
});

test('DOCKER_TLS_VERIFY asks for TLS with the files of DOCKER_CERT_PATH', async () => {
  for (const name of ['ca', 'cert', 'key']) await writeFile(join(home, `${name}.pem`), name);
  const env = { DOCKER_HOST: 'tcp://box', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: home };
  expect(await find({ env })).toMatchObject({
    endpoint: { address: { port: 2376, tls: { ca: 'ca', cert: 'cert', key: 'key' } } },
  });
  expect(await find({ env: { ...env, DOCKER_TLS_VERIFY: '' } })).toMatchObject({
    endpoint: { address: { port: 2375, tls: null } },
  });
});
