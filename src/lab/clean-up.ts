import { removeContainer } from './engine/container.ts';
import type { Engine } from './engine/engine.ts';
import { engineError, statusCodeOf } from './engine/engine-error.ts';
import { removeVolume } from './engine/volume.ts';
import { hostLabel, pidLabel, runLabel, thisHost } from './labels.ts';

export interface Removed {
  readonly containers: number;
  readonly networks: number;
  readonly volumes: number;
}

/** Which labelled objects to remove: those of one run, or those of this host whose process is no more. */
export type Belongs = (labels: Readonly<Record<string, string>>) => boolean;

export const ofRun =
  (runId: string): Belongs =>
  (labels) =>
    labels[runLabel] === runId;

export const abandoned =
  (isAlive: (pid: number) => boolean): Belongs =>
  (labels) =>
    labels[hostLabel] === thisHost() && !isAlive(Number(labels[pidLabel]));

/** Whether a process with this id lives; one that may not be signalled lives as well. */
export function processIsAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes containers, then networks, then volumes: the later ones are in use until the earlier are gone. What cannot be removed keeps
 * nothing else from being removed.
 * @throws the first failure, after everything was tried
 */
export async function removeLabelled(engine: Engine, belongs: Belongs): Promise<Removed> {
  const { docker } = engine;
  const filters = { label: [runLabel] };
  const listing = listed(docker.listContainers({ all: true, filters }));
  const containers = (await listing).filter((found) => belongs(found.Labels));
  const failures = await failuresOf(containers.map((found) => removeContainer(engine, found.Id)));
  const networks = (await listed(docker.listNetworks({ filters }))).filter((found) => belongs(found.Labels ?? {}));
  failures.push(...(await failuresOf(networks.map((found) => absentIsFine(docker.getNetwork(found.Id).remove())))));
  const known = await listed(docker.listVolumes({ filters }));
  const volumes = (known.Volumes ?? []).filter((found) => belongs(found.Labels ?? {}));
  failures.push(...(await failuresOf(volumes.map((found) => removeVolume(engine, found.Name)))));
  if (failures.length > 0) throw failures[0];
  return { containers: containers.length, networks: networks.length, volumes: volumes.length };
}

async function listed<T>(listing: Promise<T>): Promise<T> {
  try {
    return await listing;
  } catch (thrown) {
    throw engineError('ENGINE_REQUEST_FAILED', 'looking for what is left to clean up', thrown);
  }
}

async function failuresOf(removals: readonly Promise<void>[]): Promise<unknown[]> {
  const results = await Promise.allSettled(removals);
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
}

async function absentIsFine(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (thrown) {
    if (statusCodeOf(thrown) !== 404) throw engineError('ENGINE_REQUEST_FAILED', 'cleaning up', thrown);
  }
}
