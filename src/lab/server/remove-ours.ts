import { removeContainer } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { engineError, statusCodeOf } from '../engine/engine-error.ts';
import { runLabel } from '../labels.ts';
import { parseImageReference } from '../mirror/image-reference.ts';
import { requireOurRepository } from '../our-repository.ts';

export interface RemovedOurs {
  readonly containers: number;
  readonly references: number;
  /** References that the engine would not give up: a container of somebody else's uses the image. */
  readonly left: readonly string[];
}

/**
 * Removes from an engine of somebody else's what releases of these repositories left there: containers with the run's label made from their
 * images, and their references to images. An image that bears another name too only loses ours; parents and build cache stay as they are.
 * @param repositories full names without tags: `127.0.0.1:4000/deployclock-run-1-before`
 * @throws RangeError where a repository is not one of deployclock's own; DeployclockError ENGINE_REQUEST_FAILED
 */
export async function removeOurs(engine: Engine, runId: string, repositories: readonly string[]): Promise<RemovedOurs> {
  for (const repository of repositories) requireOurRepository(repository);
  const wanted = new Set(repositories.map(fullName));
  try {
    const containers = await findContainers(engine, runId, wanted);
    for (const id of containers) await removeContainer(engine, id);
    const references = await findReferences(engine, wanted);
    const left: string[] = [];
    let removed = 0;
    for (const reference of references) {
      const done = await removeReference(engine, reference);
      if (done === 'removed') removed += 1;
      if (done === 'left') left.push(reference);
    }
    return { containers: containers.length, references: removed, left };
  } catch (thrown) {
    throw engineError('ENGINE_REQUEST_FAILED', 'removing what the run left on the server', thrown);
  }
}

/** A container's list entry names its image by id once the name means another image; what it was made from is in its own record. */
async function findContainers(engine: Engine, runId: string, wanted: ReadonlySet<string>): Promise<string[]> {
  const { docker } = engine;
  const labelled = await docker.listContainers({ all: true, filters: { label: [`${runLabel}=${runId}`] } });
  const made = await Promise.all(
    labelled.map(async ({ Id }) => {
      const container = await absentIsNull(docker.getContainer(Id).inspect());
      return container !== null && wanted.has(fullName(container.Config.Image)) ? [Id] : [];
    }),
  );
  return made.flat();
}

/** Tags before digests: the last tag of a repository takes its digests along. */
async function findReferences(engine: Engine, wanted: ReadonlySet<string>): Promise<string[]> {
  const images = await engine.docker.listImages();
  const ours = (names: readonly string[] | null | undefined): string[] =>
    (names ?? []).filter((name) => wanted.has(fullName(name)));
  return [
    ...images.flatMap(({ RepoTags }) => ours(RepoTags)),
    ...images.flatMap(({ RepoDigests }) => ours(RepoDigests)),
  ];
}

async function removeReference(engine: Engine, reference: string): Promise<'removed' | 'absent' | 'left'> {
  try {
    await engine.docker.getImage(reference).remove({ force: false, noprune: true });
    return 'removed';
  } catch (thrown) {
    const code = statusCodeOf(thrown);
    if (code === 404) return 'absent';
    if (code === 409) return 'left';
    throw thrown;
  }
}

/** Another lap may be removing what is its own. */
async function absentIsNull<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (thrown) {
    if (statusCodeOf(thrown) === 404) return null;
    throw thrown;
  }
}

/** Repository with its registry: engines leave Docker Hub's out. */
function fullName(reference: string): string {
  const { registry, repository } = parseImageReference(reference);
  return `${registry ?? 'docker.io'}/${repository}`;
}
