import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseListening } from '../../src/deploy/listening-ports.ts';
import { abandoned, removeLabelled } from '../../src/lab/clean-up.ts';
import { removeVolume } from '../../src/lab/engine/volume.ts';
import { requireLabImages } from '../../src/lab/images/lab-images.ts';
import { openLab, openLapLab } from '../../src/lab/lab.ts';
import { thisHost } from '../../src/lab/labels.ts';
import { bytes } from '../../src/units.ts';
import { clock, connectToEngine, inventory, lapOf, never, openTestLab, rated } from './bed.ts';

const links = { uplink: rated(100), downlink: rated(100), mirror: rated(1000) };

function socketFolders(): string[] {
  return readdirSync(tmpdir())
    .filter((name) => /^deployclock-\w{6}$/.test(name))
    .map((name) => join(tmpdir(), name));
}

test('a lap has fresh nodes that only this user and the lab can reach, and leaves nothing', async () => {
  const engine = await connectToEngine();
  const before = await inventory(engine);
  const foldersBefore = socketFolders();
  const lab = await openTestLab('lap');
  try {
    const lap = await openLapLab(lab, lapOf('1-a', links), clock, never);
    const made = socketFolders().filter((folder) => !foldersBefore.includes(folder));
    expect(made).toHaveLength(2);
    for (const folder of made) expect(statSync(folder).mode & 0o777).toBe(0o700);

    const { builder, server, uplink } = lap.bench;
    for (const node of [builder, server]) {
      expect(await node.engine.docker.listImages()).toEqual([]);
      // The node's engine listens on its Unix socket alone; what else listens is Docker's own resolver, on loopback.
      const listening = parseListening((await node.inspect?.(['cat', '/proc/net/tcp', '/proc/net/tcp6'])) ?? 'none');
      expect(listening.filter((port) => !port.loopbackOnly)).toEqual([]);
    }

    // On this machine the links listen on the bridge's address and on no other.
    const port = Number(uplink?.address.split(':')[1]).toString(16).toUpperCase().padStart(4, '0');
    const table = await readFile('/proc/net/tcp', 'utf8');
    const listeners = [...table.matchAll(new RegExp(`^\\s*\\d+: ([0-9A-F]{8}):${port} \\S+ 0A `, 'gm'))].map(
      (row) => row[1],
    );
    const bridge = lab.network.gateway.split('.').map(Number).toReversed();
    expect(listeners).toEqual([Buffer.from(bridge).toString('hex').toUpperCase()]);

    const during = await engine.docker.listContainers({ all: true });
    const ours = during.filter((container) => !before.containers?.includes(container.Id));
    expect(ours).toHaveLength(4);
    for (const container of ours) expect(container.Labels['deployclock.run']).toBe(lab.runId);
    await lap.close();
    expect(socketFolders()).toEqual(foldersBefore);
  } finally {
    await lab.close();
  }
  expect(await inventory(engine)).toEqual(before);
});

test('a fresh builder takes the place of the old one; a fresh server comes beside it; a limit holds for what runs inside', async () => {
  const lab = await openTestLab('fresh');
  const limits = { cpus: 0.5, memory: bytes(300_000_000) };
  try {
    const lap = await openLapLab(lab, { ...lapOf('1-a', links), limits }, clock, never);
    const rebuilt = await lap.withFreshBuilder(lap.bench);
    expect(rebuilt.builder.name).not.toBe(lap.bench.builder.name);
    await expect(lap.bench.builder.engine.docker.ping()).rejects.toThrow();
    const scaled = await lap.withFreshServer?.(rebuilt);
    expect(scaled?.server.name).not.toBe(rebuilt.server.name);
    await rebuilt.server.engine.docker.ping();
    await scaled?.server.engine.docker.ping();
    const containers = await lab.host.docker.listContainers({ filters: { label: [`deployclock.run=${lab.runId}`] } });
    const limitOf = async (role: string): Promise<unknown> => {
      const found = containers.filter((container) => container.Labels['deployclock.role'] === role);
      const [inspected] = await Promise.all(found.map(({ Id }) => lab.host.docker.getContainer(Id).inspect()));
      return { cpus: inspected?.HostConfig.NanoCpus, memory: inspected?.HostConfig.Memory };
    };
    expect(await limitOf('server-1-a')).toEqual({ cpus: 0.5e9, memory: 300_000_000 });
    expect(await limitOf('server-1-a.2')).toEqual({ cpus: 0.5e9, memory: 300_000_000 });
    expect(await limitOf('builder-1-a.2')).toEqual({ cpus: 0, memory: 0 });
  } finally {
    await lab.close();
  }
});

test('an abort while nodes are starting leaves nothing either', async () => {
  const engine = await connectToEngine();
  const before = await inventory(engine);
  const folders = socketFolders();
  const controller = new AbortController();
  const lab = await openLab(engine, await requireLabImages(engine), `test-abort-${process.pid}`, never);
  try {
    setTimeout(() => controller.abort(), 300);
    await expect(openLapLab(lab, lapOf('1-a', links), clock, controller.signal)).rejects.toThrow();
  } finally {
    await lab.close();
  }
  expect(await inventory(engine)).toEqual(before);
  expect(socketFolders()).toEqual(folders);
});

test("what a dead process left is removed; what belongs to a living one, or to another host's, is not", async () => {
  const engine = await connectToEngine();
  const before = await inventory(engine);
  const make = async (name: string, pid: number, host: string): Promise<void> => {
    const labels = { 'deployclock.run': 'test-abandoned', 'deployclock.pid': String(pid), 'deployclock.host': host };
    await engine.docker.createVolume({ Name: `deployclock-test-${name}`, Labels: labels });
  };
  await make('dead', 999_999_999, thisHost());
  await make('alive', 1, thisHost());
  await make('elsewhere', 999_999_999, 'another-machine');
  try {
    const removed = await removeLabelled(
      engine,
      abandoned((pid) => pid === 1 || pid === process.pid),
    );
    expect(removed.volumes).toBe(1);
    const { volumes } = await inventory(engine);
    expect(volumes).toEqual(expect.arrayContaining(['deployclock-test-alive', 'deployclock-test-elsewhere']));
  } finally {
    for (const name of ['alive', 'elsewhere', 'dead']) await removeVolume(engine, `deployclock-test-${name}`);
  }
  expect(await inventory(engine)).toEqual(before);
});
