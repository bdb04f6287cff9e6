import { asDigest, type Bytes, bytes, type Digest } from '../../units.ts';
import type { Engine } from './engine.ts';
import { engineError, statusCodeOf } from './engine-error.ts';
import { readToEnd } from './read-to-end.ts';

export interface ImageFacts {
  readonly id: Digest;
  /** Sum of the unpacked layers on a graphdriver store, which is what the lab's nodes use. */
  readonly size: Bytes;
  readonly labels: Readonly<Record<string, string>>;
  readonly layers: number;
}

/** The facts of an image, or null where the engine does not have it. */
export async function inspectImage(engine: Engine, reference: string): Promise<ImageFacts | null> {
  try {
    const image = await engine.docker.getImage(reference).inspect();
    const id = asDigest(image.Id);
    if (id === null) return null;
    return {
      id,
      size: bytes(image.Size),
      labels: image.Config?.Labels ?? {},
      layers: image.RootFS?.Layers?.length ?? 0,
    };
  } catch (thrown) {
    if (statusCodeOf(thrown) === 404) return null;
    throw engineError('ENGINE_REQUEST_FAILED', `looking for image ${reference}`, thrown);
  }
}

/** Ids of every image that the engine holds, dangling ones too. */
export async function listImages(engine: Engine): Promise<string[]> {
  const images = await engine.docker.listImages({ all: true });
  return images.map((image) => image.Id);
}

/** Ids of the records in the engine's build cache. */
export async function listBuildCache(engine: Engine): Promise<string[]> {
  const usage = (await engine.docker.df()) as { BuildCache?: { ID: string }[] | null };
  return (usage.BuildCache ?? []).map((record) => record.ID);
}

export async function tagImage(engine: Engine, reference: string, repository: string, tag: string): Promise<void> {
  try {
    await engine.docker.getImage(reference).tag({ repo: repository, tag });
  } catch (thrown) {
    throw engineError('ENGINE_REQUEST_FAILED', `naming ${reference} ${repository}:${tag}`, thrown);
  }
}

/** Removes the reference, and the image where nothing else names it. An absent one is no error. */
export async function removeImage(engine: Engine, reference: string): Promise<void> {
  try {
    await engine.docker.getImage(reference).remove({ force: true });
  } catch (thrown) {
    if (statusCodeOf(thrown) !== 404) throw engineError('ENGINE_REQUEST_FAILED', `removing image ${reference}`, thrown);
  }
}

/**
 * Lets `make` give `reference` to a new image, and removes the one that bore it before, which nothing would name any more. One that a
 * container still uses stays.
 */
export async function replaceImage(engine: Engine, reference: string, make: () => Promise<void>): Promise<void> {
  const before = await inspectImage(engine, reference);
  await make();
  const after = await inspectImage(engine, reference);
  if (before !== null && before.id !== after?.id) await removeImage(engine, before.id).catch(() => undefined);
}

/** Makes an image from a container's file system as it is; `changes` are Dockerfile instructions. */
export async function commitContainer(
  engine: Engine,
  containerId: string,
  repository: string,
  tag: string,
  changes: readonly string[],
): Promise<void> {
  try {
    await engine.docker
      .getContainer(containerId)
      .commit({ repo: repository, tag, changes: changes.join('\n'), pause: true });
  } catch (thrown) {
    throw engineError('ENGINE_REQUEST_FAILED', `making the image ${repository}:${tag}`, thrown);
  }
}

/** Makes an image of one layer from a root file system. */
export async function importImage(
  engine: Engine,
  rootFileSystem: NodeJS.ReadableStream,
  repository: string,
  tag: string,
  changes: readonly string[],
): Promise<void> {
  // fromSrc `-` means that the body is the tar: docker import's own spelling.
  const stream = await engine.docker.importImage(rootFileSystem, { repo: repository, tag, changes });
  await readToEnd(stream, `importing ${repository}:${tag}`);
}
