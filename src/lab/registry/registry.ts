import { setTimeout as sleep } from 'node:timers/promises';
import { DeployclockError } from '../../errors.ts';
import {
  createContainer,
  inspectContainer,
  lastLogLines,
  removeContainer,
  startContainer,
} from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { labelsFor } from '../labels.ts';
import type { LabNetwork } from '../network.ts';

/** A `distribution` registry in a container, reachable on the lab's bridge alone. */
export interface Registry {
  readonly containerId: string;
  readonly host: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

const port = 5000;
const answerWithinMs = 30_000;

/**
 * Storage lies in the container's own layer: a new registry is an empty one, and committing the container keeps what it
 * holds. Not where the public image declares its volume, which a commit leaves out.
 */
const storageFolder = '/registry-storage';

const configuration = `version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${storageFolder}}}
http: {addr: ":${port}"}
`;

/** The program has one name in the public image and another in Debian's package. */
const registryEntry = `set -eu
mkdir -p ${storageFolder}
printf '%s' "$CONFIGURATION" > /tmp/registry.yml
if command -v docker-registry >/dev/null; then exec docker-registry serve /tmp/registry.yml; fi
exec registry serve /tmp/registry.yml
`;

export async function startRegistry(
  host: Engine,
  settings: { runId: string; name: string; image: string; network: LabNetwork },
  signal: AbortSignal,
): Promise<Registry> {
  const containerId = await createContainer(
    host,
    {
      name: `deployclock-${settings.runId}-${settings.name}`,
      Image: settings.image,
      Labels: { ...labelsFor(settings.runId, settings.name) },
      Entrypoint: ['/bin/sh', '-c', registryEntry],
      Cmd: [],
      Env: [`CONFIGURATION=${configuration}`],
      HostConfig: { NetworkMode: settings.network.name },
    },
    'NODE_NOT_STARTED',
  );
  const close = (): Promise<void> => removeContainer(host, containerId);
  try {
    await startContainer(host, containerId, 'NODE_NOT_STARTED', signal);
    const { addresses } = await inspectContainer(host, containerId);
    const address = addresses[settings.network.name] ?? '';
    await waitForRegistry(host, containerId, address, settings.name, signal);
    return { containerId, host: address, port, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function waitForRegistry(
  host: Engine,
  id: string,
  address: string,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + answerWithinMs;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    try {
      const answer = await fetch(`http://${address}:${port}/v2/`, { signal: AbortSignal.timeout(1000) });
      await answer.body?.cancel();
      if (answer.ok) return;
    } catch {
      // Not yet.
    }
    if (!(await inspectContainer(host, id)).running) break;
    await sleep(20);
  }
  throw new DeployclockError('NODE_NOT_STARTED', `The ${name} did not start.`, {
    excerpt: await lastLogLines(host, id, 15).catch(() => ''),
  });
}
