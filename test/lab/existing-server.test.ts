import { request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server as SocketServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage } from '../../src/lab/engine/build-image.ts';
import { createContainer, processId, removeContainer, startContainer } from '../../src/lab/engine/container.ts';
import type { Engine } from '../../src/lab/engine/engine.ts';
import { inspectImage, removeImage, tagImage } from '../../src/lab/engine/images.ts';
import { pullImage, pushImage } from '../../src/lab/engine/transfer-image.ts';
import type { Lab } from '../../src/lab/lab.ts';
import { labelsFor } from '../../src/lab/labels.ts';
import { fetchedBlobs } from '../../src/lab/link/ledger.ts';
import { openLink } from '../../src/lab/link/link.ts';
import { missingBaseImages, supplyBaseImages } from '../../src/lab/mirror/supply-base-images.ts';
import { type Node, startNode } from '../../src/lab/nodes/node.ts';
import { readManifest } from '../../src/lab/registry/manifest.ts';
import { type Registry, startRegistry } from '../../src/lab/registry/registry.ts';
import { publishedPort } from '../../src/lab/server/app-place.ts';
import { type ExistingServer, openExistingServer } from '../../src/lab/server/existing-server.ts';
import { removeOurs } from '../../src/lab/server/remove-ours.ts';
import type { AppEndpoint } from '../../src/lab/server/server.ts';
import { openServerOverSsh } from '../../src/lab/server/server-over-ssh.ts';
import { clock, connectToEngine, never, openTestLab, rated } from './bed.ts';
import { accepts, freePort, type SshServer, startSshServer } from './ssh-server.ts';

const socket = '/var/run/docker.sock';
const repository = 'deployclock-test-server';
const base = 'node:20-slim';
const appPort = 3000;
const source = `require('node:http').createServer((_, answer) => answer.end('hello')).listen(${appPort});
process.on('SIGTERM', () => process.exit(0));`;

let lab: Lab;
let registry: Registry;
let builder: Node;
let sshServer: SshServer;

/** One release of a small app in the lab's registry, for every server here to pull. */
beforeAll(async () => {
  lab = await openTestLab('existing-server');
  const missing = await missingBaseImages(lab, [base]);
  await supplyBaseImages(
    lab,
    missing.map((reference) => ({ reference, usedBy: 'the test' })),
    clock,
    never,
  );
  const { runId, images, network, privileges } = lab;
  registry = await startRegistry(lab.host, { runId, name: 'registry', image: images.registry.image, network }, never);
  const uplink = await openLink(rated(4000), network.gateway, registry, clock);
  const mirrorLink = await openLink(rated(4000), network.gateway, lab.mirror, clock);
  try {
    const links = { registries: [uplink.address], mirror: mirrorLink.address };
    const node = { runId, name: 'builder-existing', image: images.engine.image, network, privileges, ...links };
    builder = await startNode(lab.host, node, never);
    const name = `${uplink.address}/${repository}`;
    const tar = pack();
    tar.entry({ name: 'Dockerfile' }, `FROM ${base}\nCOPY app.js /\nCMD ["node", "/app.js"]\n`);
    tar.entry({ name: 'app.js' }, source);
    tar.finalize();
    const context = { tar: await buffer(tar), dockerfile: 'Dockerfile', target: null, buildArgs: {} };
    await buildImage(builder.engine, { ...context, tag: `${name}:1` }, clock, never, () => undefined);
    await pushImage(builder.engine, name, '1', clock, never);
  } finally {
    await uplink.close();
    await mirrorLink.close();
  }
  sshServer = await startSshServer();
}, 300_000);

afterAll(async () => {
  await sshServer?.close();
  await builder?.close();
  await lab?.close();
});

/** What must be there afterwards: all that is on the engine but what other runs made, which may come and go meanwhile. */
async function untouchable({ docker }: Engine): Promise<Record<string, string[]>> {
  const ours = (object: { Labels?: Readonly<Record<string, string>> | null | undefined }): boolean =>
    [undefined, lab.runId].includes(object.Labels?.['deployclock.run']);
  const containers = (await docker.listContainers({ all: true })).filter(ours);
  const networks = (await docker.listNetworks()).filter(ours);
  const volumes = (await docker.listVolumes()).Volumes.filter(ours);
  const images = await docker.listImages();
  return {
    containers: containers.map(({ Id }) => Id).toSorted(),
    networks: networks.map(({ Id }) => Id).toSorted(),
    volumes: volumes.map(({ Name }) => Name).toSorted(),
    images: images.flatMap(({ RepoTags, RepoDigests }) => [...(RepoTags ?? []), ...(RepoDigests ?? [])]).toSorted(),
  };
}

/** One whole exchange with the app; null where it is not there yet. */
function ask({ connect: open, host }: AppEndpoint): Promise<string | null> {
  return new Promise((resolve) => {
    open(never).then(
      (opened) => {
        const exchange = request({ createConnection: () => opened, headers: { host, connection: 'close' } });
        exchange.on('error', () => resolve(null));
        exchange.on('response', async (response) => resolve((await buffer(response)).toString()));
        exchange.end();
      },
      () => resolve(null),
    );
  });
}

async function answerOf(endpoint: AppEndpoint): Promise<string> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const answer = await ask(endpoint);
    if (answer !== null) return answer;
    await sleep(25);
  }
  throw new Error(`nothing answers at ${endpoint.label}`);
}

async function run(server: ExistingServer, image: string, labels: Record<string, string>): Promise<string> {
  const published = server.publish(appPort, 0);
  const id = await createContainer(
    server.engine,
    {
      Image: image,
      Labels: labels,
      ...(published === null
        ? {}
        : {
            ExposedPorts: { [`${appPort}/tcp`]: {} },
            HostConfig: { PortBindings: { [`${appPort}/tcp`]: [{ HostPort: String(published.hostPort) }] } },
          }),
    },
    'START_FAILED',
  );
  await startContainer(server.engine, id, 'START_FAILED', never);
  return id;
}

/** A deploy by hand on this machine's own engine, which also carries the lab: all of it must be there afterwards. */
async function deployTo(server: ExistingServer): Promise<void> {
  const { runId } = lab;
  const engine = await connectToEngine();
  const before = await untouchable(engine);
  const link = await openLink(rated(4000), '127.0.0.1', registry, clock);
  const linkPort = Number(link.address.split(':')[1]);
  const address = await server.registryAddressFor(linkPort);
  const name = `${address}/${repository}`;
  try {
    expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(await server.registryAddressFor(linkPort)).toBe(address);
    const marked = link.ledger.length;
    await pullImage(server.engine, name, '1', clock, never);

    // Nothing of it was there, although an earlier test pulled the same image: so that test removed all of it.
    const manifest = await readManifest(registry, repository, '1');
    const fetched = new Set(fetchedBlobs(link.ledger.slice(marked)).map(({ digest }) => digest));
    const layers = manifest?.layers.map(({ digest }) => digest) ?? [];
    expect(layers.length).toBeGreaterThan(1);
    expect(layers.filter((digest) => !fetched.has(digest))).toEqual([]);

    const id = await run(server, `${name}:1`, { ...labelsFor(runId, 'app') });
    const endpoint = await server.endpoint(id, appPort, 0);
    expect(endpoint.direct).toBe(true);
    expect(endpoint.host).toBe(`localhost:${appPort}`);
    expect(await answerOf(endpoint)).toBe('hello');
    // A port on which nothing listens is refused, and not accepted by something in between.
    await expect((await server.endpoint(id, appPort + 1, 0)).connect(never)).rejects.toThrow();
    const pid = await processId(server.engine, id);
    const table = (await server.inspect?.(['cat', `/proc/${pid}/net/tcp`, `/proc/${pid}/net/tcp6`])) ?? '';
    // A row of the kernel's own table in the state LISTEN.
    expect(table).toMatch(new RegExp(`:${appPort.toString(16).toUpperCase().padStart(4, '0')} [0-9A-F]+:0000 0A `));

    expect(await removeOurs(server.engine, runId, [name])).toEqual({ containers: 1, references: 1, left: [] });
    await server.forgetLink(linkPort);
    expect(await untouchable(engine)).toEqual(before);
  } finally {
    await removeOurs(server.engine, runId, [name]);
    await link.close();
  }
}

test('over a Unix socket: this machine’s own engine pulls through a link, runs the app, and is left as it was', async () => {
  const server = await openExistingServer(`unix://${socket}`, {}, never);
  expect(server).toMatchObject({ sort: 'existing', name: `unix://${socket}`, reachesLinks: true });
  await deployTo(server);
  await server.close();
});

test('over ssh: the same through one connection of the OpenSSH program', async () => {
  const server = await openExistingServer(sshServer.destination, sshServer.env, never);
  try {
    expect(server).toMatchObject({ sort: 'existing', name: sshServer.destination, reachesLinks: true });
    await deployTo(server);

    const link = await openLink(rated(4000), '127.0.0.1', registry, clock);
    try {
      const linkPort = Number(link.address.split(':')[1]);
      const offered = Number((await server.registryAddressFor(linkPort)).split(':')[1]);
      expect(offered).not.toBe(linkPort);
      expect(await accepts('127.0.0.1', offered)).toBe(true);
      await server.forgetLink(linkPort);
      // ssh asks the other side to stop listening and does not wait until it has.
      await expect.poll(() => accepts('127.0.0.1', offered), { timeout: 5000 }).toBe(false);
    } finally {
      await link.close();
    }
  } finally {
    await server.close();
  }
  await expect(server.engine.docker.version()).rejects.toThrow();
});

test('what somebody else made of our image stays, and is told', async () => {
  const server = await openExistingServer(`unix://${socket}`, {}, never);
  const { engine } = server;
  const before = await untouchable(engine);
  const link = await openLink(rated(4000), '127.0.0.1', registry, clock);
  const name = `${await server.registryAddressFor(Number(link.address.split(':')[1]))}/${repository}`;
  const theirs = 'somebody-elses-test-app';
  let bystander: string | null = null;
  try {
    await pullImage(engine, name, '1', clock, never);
    await tagImage(engine, `${name}:1`, theirs, '1');
    bystander = await run(server, `${theirs}:1`, {});
    expect(await removeOurs(engine, lab.runId, [name])).toMatchObject({ containers: 0, left: [] });
    expect(await inspectImage(engine, `${name}:1`)).toBeNull();
    expect(await inspectImage(engine, `${theirs}:1`)).not.toBeNull();
    await removeContainer(engine, bystander);

    await pullImage(engine, name, '1', clock, never);
    bystander = await run(server, `${name}:1`, {});
    await removeImage(engine, `${theirs}:1`);
    expect(await removeOurs(engine, lab.runId, [name])).toMatchObject({ containers: 0, references: 0 });
    expect(await inspectImage(engine, `${name}:1`)).not.toBeNull();
    await expect(removeOurs(engine, lab.runId, ['deployclock/engine'])).rejects.toThrow(RangeError);
  } finally {
    if (bystander !== null) await removeContainer(engine, bystander);
    await removeImage(engine, `${theirs}:1`);
    await removeOurs(engine, lab.runId, [name]);
    await link.close();
  }
  expect(await untouchable(engine)).toEqual(before);
});

test('a link that the engine cannot reach is told at once', async () => {
  const server = await openExistingServer(`unix://${socket}`, {}, never);
  await expect(server.registryAddressFor(await freePort('127.0.0.1'))).rejects.toMatchObject({
    code: 'ENGINE_UNSUITABLE',
    message: expect.stringContaining('connection refused'),
  });
});

test('the other machine’s Docker command line is asked where its engine listens', async () => {
  const { hostname, port, username } = new URL(sshServer.destination);
  const address = { sort: 'ssh', host: hostname, port: Number(port), user: username } as const;
  const access = await openServerOverSsh(address, sshServer.env, never, '/nowhere/docker.sock');
  const id = (engine: { docker: { info: () => Promise<unknown> } }): Promise<unknown> =>
    engine.docker.info().then((info) => (info as { ID: unknown }).ID);
  expect(await id(access.engine)).toBe(await id(await connectToEngine()));
  await access.close();
});

test.each([
  ['a key that the host does not accept', () => sshServer.strangersEnv, 'accepts none of the keys', 'ssh-copy-id'],
  ['a host key that nobody accepted', () => sshServer.forgetfulEnv, 'not in known_hosts', 'compare the fingerprint'],
  ['no ssh at all', () => ({ PATH: '/nowhere' }), 'no ssh on this machine', 'Install the OpenSSH client'],
])('%s is told with the next command', async (_, env, why, hint) => {
  await expect(openExistingServer(sshServer.destination, env(), never)).rejects.toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    exitCode: 3,
    message: expect.stringContaining(why),
    hint: expect.stringContaining(hint),
  });
});

test('a host that does not listen is told in ssh’s words', async () => {
  const nobody = `ssh://127.0.0.1:${await freePort('127.0.0.1')}`;
  await expect(openExistingServer(nobody, sshServer.env, never)).rejects.toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining('Connection refused'),
    hint: `ssh ${nobody} docker version`,
  });
});

test.each([
  ['nothing', 'DisableForwarding yes'],
  ['no ports of ours', 'AllowTcpForwarding local'],
  ['only to a place of its own', 'PermitOpen 127.0.0.1:2'],
  ['no sockets', 'AllowStreamLocalForwarding no'],
])('an sshd that forwards %s is told of with its settings', async (_, setting) => {
  const strict = await startSshServer([setting]);
  try {
    const opening = openExistingServer(strict.destination, strict.env, never).then(async (server) => {
      try {
        return await server.registryAddressFor(await freePort('127.0.0.1'));
      } finally {
        await server.close();
      }
    });
    await expect(opening).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining('does not forward connections'),
      hint: expect.stringContaining('AllowTcpForwarding yes'),
    });
  } finally {
    await strict.close();
  }
});

test('over TCP to another machine: apps are published there, and links cannot be reached', async () => {
  const { runId, images, network, privileges } = lab;
  const uplink = await openLink(rated(4000), network.gateway, registry, clock);
  const common = { runId, image: images.engine.image, network, privileges, mirror: null };
  const node = await startNode(lab.host, { ...common, name: 'elsewhere', registries: [uplink.address] }, never);
  const door = await openDoor(node, network.gateway);
  try {
    const written = `tcp://${network.gateway}:${(door.address() as AddressInfo).port}`;
    const server = await openExistingServer(written, {}, never);
    expect(server).toMatchObject({ name: written, reachesLinks: false, inspect: null });
    await expect(server.registryAddressFor(1)).rejects.toMatchObject({
      code: 'ENGINE_UNSUITABLE',
      hint: expect.stringContaining('--registry'),
    });
    const name = `${uplink.address}/${repository}`;
    await pullImage(server.engine, name, '1', clock, never);
    const id = await run(server, `${name}:1`, { ...labelsFor(runId, 'app') });
    const endpoint = await server.endpoint(id, appPort, 0);
    expect(endpoint.direct).toBe(false);
    // The node's engine stands in for another machine's: its door is on the bridge, its published ports on its own address.
    const port = await publishedPort(server.engine, id, appPort);
    expect(port).toBeGreaterThan(0);
    const there = { ...endpoint, connect: () => openTo(node.address, port) };
    expect(await answerOf(there)).toBe('hello');
    expect(await removeOurs(server.engine, runId, [name])).toEqual({ containers: 1, references: 1, left: [] });
    expect(await node.engine.docker.listImages()).toEqual([]);
    await server.close();
  } finally {
    door.close();
    await node.close();
    await uplink.close();
  }
});

/** Lets a node's engine be asked over TCP, on the lab's bridge. */
async function openDoor(node: Node, host: string): Promise<SocketServer> {
  const { address } = node.engine;
  if (address.sort !== 'unix') throw new Error('a node listens on a Unix socket');
  const door = createServer((incoming) => {
    const inner = connect({ path: address.path });
    incoming.pipe(inner).on('error', () => incoming.destroy());
    inner.pipe(incoming).on('error', () => inner.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, host, resolve));
  return door;
}

function openTo(host: string, port: number): ReturnType<AppEndpoint['connect']> {
  return new Promise((resolve, reject) => {
    const opened = connect({ host, port });
    opened.once('connect', () => resolve(opened)).once('error', reject);
  });
}
