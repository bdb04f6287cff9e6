import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rootCertificates } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import type { Credentials } from '../../../../src/lab/registry/credentials.ts';
import { type GreetedRegistry, greetRegistry } from '../../../../src/lab/registry/greet-registry.ts';
import type { Trust } from '../../../../src/lab/registry/trust.ts';
import { type Answer, openSecuredRegistry, type SecuredRegistry } from './secured-registry.ts';

const never = new AbortController().signal;
const none: Credentials = { sort: 'none' };
const login: Credentials = { sort: 'password', username: 'me', password: 'correct horse' };
const wrong: Credentials = { sort: 'password', username: 'me', password: 'battery staple' };
const basic = `Basic ${Buffer.from('me:correct horse').toString('base64')}`;

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function registry(answer: Answer): Promise<SecuredRegistry> {
  const opened = await openSecuredRegistry(answer);
  open.push(opened.close);
  return opened;
}

async function greet(
  server: SecuredRegistry,
  credentials: Credentials,
  trust = server.trust,
): Promise<GreetedRegistry> {
  const greeted = await greetRegistry(server.address, credentials, trust, {}, never);
  open.push(greeted.close);
  return greeted;
}

const welcome: Answer = (_, answer) => void answer.end('{}');
const wantsPassword: Answer = ({ authorization }, answer) => {
  if (authorization === basic) answer.end('{}');
  else answer.writeHead(401, { 'www-authenticate': 'Basic realm="Registry"' }).end();
};

/** Gives a token for each scope to whom it knows, and wants it back for exactly that. */
const wantsToken: Answer = ({ method, path, authorization, body }, answer, origin) => {
  const url = new URL(path, origin);
  if (url.pathname === '/token') {
    const form = new URLSearchParams(body);
    const known = authorization === basic || form.get('refresh_token') === 'refresh-me';
    const scope = url.searchParams.get('scope') ?? form.get('scope') ?? 'none';
    if (known)
      answer.end(JSON.stringify(method === 'POST' ? { access_token: `for ${scope}` } : { token: `for ${scope}` }));
    else answer.writeHead(401).end();
    return;
  }
  const repository = /^\/v2\/(.+)\/manifests\//.exec(path)?.[1];
  const scope =
    repository === undefined ? 'none' : `repository:${repository}:${method === 'DELETE' ? 'delete' : 'pull'}`;
  if (authorization === `Bearer for ${scope}`) answer.end('{}');
  else {
    const asked = scope === 'none' ? '' : `,scope="${scope}"`;
    answer.writeHead(401, { 'www-authenticate': `Bearer realm="${origin}/token",service="test"${asked}` }).end();
  }
};

test('a registry that lets everybody in is asked once, without a login', async () => {
  const server = await registry(welcome);
  await greet(server, login);
  expect(server.seen).toEqual([{ method: 'GET', path: '/v2/', authorization: null, body: '' }]);
});

test('a password goes to a registry that wants one, and not before', async () => {
  const server = await registry(wantsPassword);
  const { client } = await greet(server, login);
  expect(server.seen.map(({ authorization }) => authorization)).toEqual([null, basic]);
  expect((await client.ask('')).status).toBe(200);
  expect(server.seen).toHaveLength(3);
});

test('a token is fetched for each sort of access, and kept for the next time', async () => {
  const server = await registry(wantsToken);
  const { client } = await greet(server, login);
  expect((await client.ask('team/app/manifests/1')).status).toBe(200);
  const before = server.seen.length;
  expect((await client.ask('team/app/manifests/2')).status).toBe(200);
  expect(server.seen).toHaveLength(before + 1);
  expect((await client.ask('team/app/manifests/1', { method: 'DELETE' })).status).toBe(200);
  expect(server.seen.filter(({ path }) => path.startsWith('/token')).map(({ path }) => path)).toEqual([
    '/token?service=test',
    '/token?service=test&scope=repository%3Ateam%2Fapp%3Apull',
    '/token?service=test&scope=repository%3Ateam%2Fapp%3Adelete',
  ]);
});

test('an identity token is exchanged in the body of a POST, never in an address', async () => {
  const server = await registry(wantsToken);
  const { client } = await greet(server, { sort: 'identity-token', token: 'refresh-me' });
  expect((await client.ask('team/app/manifests/1')).status).toBe(200);
  const exchanges = server.seen.filter(({ path }) => path.startsWith('/token'));
  expect(exchanges).toHaveLength(2);
  for (const { method, path, body } of exchanges) {
    expect([method, path]).toEqual(['POST', '/token']);
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      grant_type: 'refresh_token',
      service: 'test',
      refresh_token: 'refresh-me',
    });
  }
});

test.each([
  ['a wrong password', wantsPassword, wrong, 'does not accept the login'],
  ['a wrong password for a token', wantsToken, wrong, 'does not accept the login'],
  ['no login where a password is wanted', wantsPassword, none, 'wants a login'],
  ['no login where a token is wanted', wantsToken, none, 'wants a login'],
] as const)('%s is denied, with what to type', async (_, answer, credentials, why) => {
  const server = await registry(answer);
  const thrown = await greet(server, credentials).catch((error: unknown) => error);
  expect(thrown).toMatchObject({
    code: 'REGISTRY_DENIED',
    exitCode: 3,
    message: expect.stringContaining(why),
    hint: `docker login ${server.address.host}`,
  });
  expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain('battery');
});

test('a password is not sent where tokens are given without TLS', async () => {
  const server = await registry((_, answer) =>
    answer.writeHead(401, { 'www-authenticate': 'Bearer realm="http://127.0.0.1:1/token",service="test"' }).end(),
  );
  await expect(greet(server, login)).rejects.toMatchObject({
    code: 'REGISTRY_DENIED',
    message: expect.stringContaining('without TLS'),
  });
});

test('an authority that nobody knows is told of with the option that names it', async () => {
  const server = await registry(welcome);
  const publicOnly: Trust = { authorities: [...rootCertificates], identity: null, files: [] };
  await expect(greet(server, none, publicOnly)).rejects.toMatchObject({
    code: 'REGISTRY_UNREACHABLE',
    exitCode: 3,
    message: expect.stringContaining('authority that this machine does not know'),
    hint: expect.stringContaining('--registry-ca'),
  });
  expect(server.seen).toEqual([]);
});

test('what is no registry, speaks no TLS, or does not answer at all', async () => {
  const page = await registry((_, answer) => void answer.writeHead(404).end('<html>'));
  await expect(greet(page, none)).rejects.toMatchObject({
    code: 'REGISTRY_UNREACHABLE',
    message: expect.stringContaining('is no registry: status 404'),
  });

  const plain = createServer((_, answer) => void answer.end('{}'));
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(plain.address() as AddressInfo).port}`;
  const there = { ...page, address: { host, apiHost: host, prefix: '', loginKey: host } };
  try {
    await expect(greet(there, login)).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message: expect.stringContaining('does not speak TLS'),
    });
  } finally {
    await new Promise((resolve) => plain.close(resolve));
  }
  await expect(greet(there, login)).rejects.toMatchObject({
    code: 'REGISTRY_UNREACHABLE',
    message: expect.stringContaining('ECONNREFUSED'),
    hint: `curl -v https://${host}/v2/`,
  });
});
