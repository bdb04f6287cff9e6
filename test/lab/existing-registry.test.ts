import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from 'bcryptjs';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage } from '../../src/lab/engine/build-image.ts';
import { createContainer, lastLogLines, startContainer } from '../../src/lab/engine/container.ts';
import { pullImage, pushImage } from '../../src/lab/engine/transfer-image.ts';
import { layersInMessages } from '../../src/lab/engine/transfer-layers.ts';
import type { Lab } from '../../src/lab/lab.ts';
import { labelsFor } from '../../src/lab/labels.ts';
import { type Node, startNode } from '../../src/lab/nodes/node.ts';
import { registryAuthorization } from '../../src/lab/registry/authorization.ts';
import { type ExistingRegistry, openExistingRegistry } from '../../src/lab/registry/existing-registry.ts';
import { parseRegistryAddress } from '../../src/lab/registry/registry-address.ts';
import { requireReach } from '../../src/lab/server/require-reach.ts';
import { makeCertificates } from '../certificates.ts';
import { clock, never, openTestLab } from './bed.ts';
import { accepts, freePort } from './ssh-server.ts';

const password = 'correct-horse/battery+staple';
const wrongPassword = 'hunter2-hunter2-hunter2';
const repository = 'deployclock-test-registry';

let lab: Lab;
let folder: string;
let host: string;
let registry: ExistingRegistry;
let builder: Node;
let server: Node;

/** A whole registry with TLS and a login on the lab's bridge, and two nodes that know nothing of each other. */
beforeAll(async () => {
  lab = await openTestLab('existing-registry');
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  host = await startSecuredRegistry();
  registry = await openExistingRegistry(await settings(password), never);
  const { runId, images, network, privileges } = lab;
  const { certificates } = registry;
  const common = { runId, image: images.engine.image, network, privileges, registries: [], mirror: null, certificates };
  builder = await startNode(lab.host, { ...common, name: 'builder-existing' }, never);
  server = await startNode(lab.host, { ...common, name: 'server-existing' }, never);
});

afterAll(async () => {
  await registry?.close();
  await builder?.close();
  await server?.close();
  await lab?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function startSecuredRegistry(): Promise<string> {
  const { gateway } = lab.network;
  const port = await freePort(gateway);
  const { authority, cert, key } = await makeCertificates(gateway);
  await writeFile(join(folder, 'ca.crt'), authority);
  const files = {
    'registry.yml': `version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: /registry-storage}, delete: {enabled: true}}
http: {addr: "${gateway}:${port}", tls: {certificate: /tmp/tls.crt, key: /tmp/tls.key}}
auth: {htpasswd: {realm: test, path: /tmp/htpasswd}}
`,
    'tls.crt': cert,
    'tls.key': key,
    htpasswd: `me:${await hash(password, 4)}\n`,
  };
  const names = Object.keys(files);
  const id = await createContainer(
    lab.host,
    {
      name: `deployclock-${lab.runId}-secured-registry`,
      Image: lab.images.registry.image,
      Labels: { ...labelsFor(lab.runId, 'secured-registry') },
      Entrypoint: [
        '/bin/sh',
        '-c',
        `${names.map((name, index) => `printf '%s' "$FILE_${index}" > /tmp/${name}`).join('; ')}
        if command -v docker-registry >/dev/null; then exec docker-registry serve /tmp/registry.yml; fi
        exec registry serve /tmp/registry.yml`,
      ],
      Cmd: [],
      Env: Object.values(files).map((content, index) => `FILE_${index}=${content}`),
      // On the machine's network, so that its certificate can be made for an address that is known before.
      HostConfig: { NetworkMode: 'host' },
    },
    'NODE_NOT_STARTED',
  );
  await startContainer(lab.host, id, 'NODE_NOT_STARTED', never);
  for (let attempt = 0; attempt < 200 && !(await accepts(gateway, port)); attempt += 1) await sleep(50);
  if (!(await accepts(gateway, port))) throw new Error(await lastLogLines(lab.host, id, 10));
  return `${gateway}:${port}`;
}

async function settings(withPassword: string): Promise<Parameters<typeof openExistingRegistry>[0]> {
  const config = await mkdtemp(join(folder, 'docker-'));
  const auth = Buffer.from(`me:${withPassword}`).toString('base64');
  await writeFile(join(config, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
  const caFile = join(folder, 'ca.crt');
  return { written: `${host}/team`, caFile, env: { DOCKER_CONFIG: config }, home: folder };
}

async function build(tag: string, content: string): Promise<void> {
  const tar = pack();
  tar.entry({ name: 'Dockerfile' }, 'FROM scratch\nCOPY same /\nCOPY own /\nCMD ["/own"]\n');
  tar.entry({ name: 'same' }, 'the same in every release');
  tar.entry({ name: 'own' }, content);
  tar.finalize();
  const request = {
    tar: await buffer(tar),
    dockerfile: 'Dockerfile',
    tag: `${registry.pushPrefix}/${repository}:${tag}`,
    target: null,
    buildArgs: {},
  };
  await buildImage(builder.engine, request, clock, never, () => undefined);
}

/** All that a thrown error or a transfer would leave in a log or a result. */
function everythingIn(thing: unknown): string {
  const properties = thing instanceof Error ? Object.getOwnPropertyNames(thing) : [];
  const cause = thing instanceof Error && thing.cause !== undefined ? everythingIn(thing.cause) : '';
  return `${JSON.stringify(thing)} ${properties.map((name) => String(Reflect.get(Object(thing), name))).join(' ')} ${cause}`;
}

test('an engine that reaches the registry, and one that would look in the wrong place', async () => {
  await requireReach(server.engine, registry.pullPrefix, registry.authorization);
  await requireReach(server.engine, registry.pullPrefix);
  const { gateway } = lab.network;
  await expect(requireReach(server.engine, `${gateway}:${await freePort(gateway)}/team`)).rejects.toMatchObject({
    code: 'ENGINE_UNSUITABLE',
    message: expect.stringContaining('connection refused'),
  });
});

test('one node pushes and another pulls, and the engines tell which layers moved', async () => {
  const { authorization, pushPrefix, pullPrefix } = registry;
  expect(pushPrefix).toBe(`${host}/team`);
  const push = (tag: string) =>
    pushImage(builder.engine, `${pushPrefix}/${repository}`, tag, clock, never, { authorization });
  const pull = (tag: string) =>
    pullImage(server.engine, `${pullPrefix}/${repository}`, tag, clock, never, { authorization });
  await build('one', 'first');
  await build('two', 'second');
  const transfers = [await push('one'), await pull('one'), await push('two'), await pull('two')];
  const moved = transfers.map(({ messages }) =>
    layersInMessages(messages)
      .map(({ how }) => how)
      .toSorted(),
  );
  expect(moved).toEqual([
    ['moved', 'moved'],
    ['moved', 'moved'],
    ['already-there', 'moved'],
    ['already-there', 'moved'],
  ]);

  // A pull names blobs as the manifest does.
  const manifest = await registry.readManifest(repository, 'two');
  const pulled = layersInMessages(transfers[3]?.messages ?? []).map(({ id }) => `sha256:${id}`);
  expect(manifest?.layers.map(({ digest }) => digest.slice(0, 'sha256:'.length + 12))).toEqual(pulled);
  expect(await registry.readManifest(repository, transfers[2]?.digest ?? '')).toEqual(manifest);
  expect(await registry.readManifest(repository, 'three')).toBeNull();
  expect(await registry.listRepositories()).toBeNull();

  for (const transfer of transfers) {
    for (const secret of registry.secrets) expect(everythingIn(transfer)).not.toContain(secret);
  }
});

test('without the login, and with a wrong one, nothing is pushed or pulled, and no error holds a password', async () => {
  await build('denied', 'denied');
  const wrong = registryAuthorization(
    { sort: 'password', username: 'me', password: wrongPassword },
    parseRegistryAddress(host),
  );
  for (const options of [{}, { authorization: wrong }]) {
    const name = `${registry.pushPrefix}/${repository}`;
    const failures = [
      await pushImage(builder.engine, name, 'denied', clock, never, options).catch((error: unknown) => error),
      await pullImage(server.engine, name, 'denied', clock, never, options).catch((error: unknown) => error),
    ];
    expect(failures).toMatchObject([{ code: 'PUSH_FAILED' }, { code: 'PULL_FAILED' }]);
    for (const secret of [...registry.secrets, wrongPassword, wrong]) {
      expect(failures.map(everythingIn).join()).not.toContain(secret);
    }
  }
  expect(await registry.readManifest(repository, 'denied')).toBeNull();
});

test('a login that the registry refuses is told before anything is built', async () => {
  const thrown = await openExistingRegistry(await settings(wrongPassword), never).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'REGISTRY_DENIED', hint: `docker login ${host}` });
  expect(everythingIn(thrown)).not.toContain(wrongPassword);
});

test('without its authority the registry cannot be used, and the option is named', async () => {
  await expect(openExistingRegistry({ ...(await settings(password)), caFile: null }, never)).rejects.toMatchObject({
    code: 'REGISTRY_UNREACHABLE',
    hint: expect.stringContaining('--registry-ca'),
  });
});

test('releases are deleted by name, and only those of deployclock', async () => {
  await expect(registry.removeOurs('somebody-elses', ['one'])).rejects.toThrow(RangeError);
  expect(await registry.removeOurs(repository, ['one', 'never-there'])).toBe('removed');
  expect(await registry.readManifest(repository, 'one')).toBeNull();
  expect(await registry.readManifest(repository, 'two')).not.toBeNull();
});

test('the certificates for the nodes are gone when the registry is closed', async () => {
  const opened = await openExistingRegistry(await settings(password), never);
  const { certificates } = opened;
  expect(certificates !== null && existsSync(join(certificates, host, 'ca.crt'))).toBe(true);
  await opened.close();
  expect(certificates !== null && existsSync(certificates)).toBe(false);
});
