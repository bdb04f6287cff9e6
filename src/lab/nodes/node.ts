import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeployclockError } from '../../errors.ts';
import type { ServerLimits } from '../../scenario/scenario.ts';
import {
  createContainer,
  inspectContainer,
  lastLogLines,
  removeContainer,
  runInContainer,
  startContainer,
} from '../engine/container.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import { removeVolume } from '../engine/volume.ts';
import { labelsFor } from '../labels.ts';
import type { LabNetwork } from '../network.ts';
import { findNameServers } from './name-servers.ts';
import { nodeEntry } from './node-entry.ts';
import { hostConfigFor, type Privileges } from './privileges.ts';

/** An engine of our own in a container, with its own data root and network address. */
export interface Node {
  readonly name: string;
  readonly engine: Engine;
  /** Its address on the lab's bridge; nothing else answers there. */
  readonly address: string;
  /** Runs a command inside the node, beside its engine, and answers what it printed. For diagnosis only, never inside a timed phase. */
  readonly inspect: (command: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface NodeSettings {
  readonly runId: string;
  /** Unique within the run: `builder-1-before`. */
  readonly name: string;
  readonly image: string;
  readonly network: LabNetwork;
  readonly privileges: Privileges;
  /** Registries that the node may speak plain HTTP to: the links' addresses. */
  readonly registries: readonly string[];
  /** Link to the mirror, for nodes that fetch base images. */
  readonly mirror: string | null;
  /** What the node and all that runs in it may use of the machine. */
  readonly limits?: ServerLimits;
  /** Folder of certificate authorities of registries, laid out as Docker's certs.d. */
  readonly certificates?: string | null;
}

const answerWithinMs = 60_000;

/**
 * Starts a node with an empty data root and waits until its engine answers. The engine listens on a Unix socket alone, in a
 * directory that only this user can enter.
 * @throws DeployclockError NODE_NOT_STARTED with the engine's last log lines
 */
export async function startNode(host: Engine, settings: NodeSettings, signal: AbortSignal): Promise<Node> {
  // Short: a Unix socket's path may have 107 bytes.
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-'));
  const volume = `deployclock-${settings.runId}-${settings.name}`;
  const labels = labelsFor(settings.runId, settings.name);
  const rights = hostConfigFor(settings.privileges);
  let id: string | null = null;
  const close = async (): Promise<void> => {
    try {
      if (id !== null) await removeContainer(host, id);
      await removeVolume(host, volume);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  try {
    await host.docker.createVolume({ Name: volume, Labels: { ...labels } });
    id = await createContainer(
      host,
      {
        name: volume,
        Image: settings.image,
        Hostname: settings.name,
        Labels: { ...labels },
        Entrypoint: ['/bin/sh', '-c', nodeEntry, 'node'],
        Cmd: await engineArguments(settings),
        HostConfig: {
          ...rights,
          ...limitsFor(settings.limits),
          NetworkMode: settings.network.name,
          Binds: [
            ...(rights.Binds ?? []),
            `${volume}:/var/lib/docker`,
            `${folder}:/run/deployclock`,
            ...(settings.certificates ? [`${settings.certificates}:/etc/docker/certs.d:ro`] : []),
          ],
        },
      },
      'NODE_NOT_STARTED',
    );
    await startContainer(host, id, 'NODE_NOT_STARTED', signal);
    const engine = await waitForEngine(host, id, join(folder, 'docker.sock'), settings.name, signal);
    const { addresses } = await inspectContainer(host, id);
    const container = id;
    return {
      name: settings.name,
      engine,
      address: addresses[settings.network.name] ?? '',
      inspect: (command) => runInContainer(host, container, command),
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Memory without swap on top: a limit that swaps is none. */
function limitsFor(limits: ServerLimits | undefined): { NanoCpus?: number; Memory?: number; MemorySwap?: number } {
  const { cpus = null, memory = null } = limits ?? {};
  return {
    ...(cpus === null ? {} : { NanoCpus: Math.round(cpus * 1e9) }),
    ...(memory === null ? {} : { Memory: memory, MemorySwap: memory }),
  };
}

async function engineArguments(settings: NodeSettings): Promise<string[]> {
  const nameServers = await findNameServers();
  return [
    '--host=unix:///run/deployclock/docker.sock',
    `--group=${process.getgid?.() ?? 0}`,
    // Named, so that an engine that would fall back to copying whole layers fails instead.
    '--storage-driver=overlay2',
    // Without the proxy a published port refuses connections until the app itself listens.
    '--userland-proxy=false',
    ...settings.registries.map((registry) => `--insecure-registry=${registry}`),
    ...(settings.mirror === null
      ? []
      : [`--registry-mirror=http://${settings.mirror}`, `--insecure-registry=${settings.mirror}`]),
    ...nameServers.map((server) => `--dns=${server}`),
  ];
}

async function waitForEngine(
  host: Engine,
  id: string,
  path: string,
  name: string,
  signal: AbortSignal,
): Promise<Engine> {
  const deadline = performance.now() + answerWithinMs;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    try {
      return await connectEngine({ sort: 'unix', path });
    } catch {
      // Not yet; whether it still can is asked of the container.
    }
    const state = await inspectContainer(host, id);
    if (!state.running) break;
    await sleep(25);
  }
  throw new DeployclockError('NODE_NOT_STARTED', `The engine of node ${name} did not start.`, {
    excerpt: await lastLogLines(host, id, 15).catch(() => ''),
  });
}
