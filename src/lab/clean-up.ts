import { removeContainer } from './engine/container.ts';
import type { Engine } from './engine/engine.ts';
import { engineError, statusCodeOf } from './engine/engine-error.ts';
import { pidLabel, runLabel } from './labels.ts';

export interface Removed {
  readonly containers: number;
  readonly networks: number;
  readonly volumes: number;
}

/** Which labelled objects to remove: those of one run, or those whose process is no more. */
export type Belongs = (labels: Readonly<Record<string, string>>) => boolean;

export const ofRun =
  (runId: string): Belongs =>
  (labels) =>
    labels[runLabel] === runId;

export const abandoned =
  (isAlive: (pid: number) => boolean): Belongs =>
  (labels) =>
    !isAlive(Number(labels[pidLabel]));

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

/** Removes containers, then networks, then volumes: the later ones are in use until the earlier are gone. */
export async function removeLabelled(engine: Engine, belongs: Belongs): Promise<Removed> {
  const filters = { label: [runLabel] };
  const containers = (await engine.docker.listContainers({ all: true, filters })).filter((found) =>
    belongs(found.Labels),
  );
  await Promise.all(containers.map((found) => removeContainer(engine, found.Id)));
  const networks = (await engine.docker.listNetworks({ filters })).filter((found) => belongs(found.Labels ?? {}));
  await Promise.all(networks.map((found) => absentIsFine(engine.docker.getNetwork(found.Id).remove())));
  const volumes = ((await engine.docker.listVolumes({ filters })).Volumes ?? []).filter((found) =>
    belongs(found.Labels ?? {}),
  );
  await Promise.all(volumes.map((found) => absentIsFine(engine.docker.getVolume(found.Name).remove())));
  return { containers: containers.length, networks: networks.length, volumes: volumes.length };
}

async function absentIsFine(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (thrown) {
    if (statusCodeOf(thrown) !== 404) throw engineError('ENGINE_REQUEST_FAILED', 'cleaning up', thrown);
  }
}
