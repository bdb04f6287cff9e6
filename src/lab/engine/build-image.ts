import type { Clock } from '../../clock.ts';
import { DeployclockError } from '../../errors.ts';
import { asDigest, type Digest } from '../../units.ts';
import type { Engine } from './engine.ts';
import { engineFailure } from './engine-error.ts';
import { errorIn, type StreamMessage, streamMessages } from './stream-messages.ts';

export interface BuildRequest {
  /** The packed context, an uncompressed tar. */
  readonly tar: Buffer;
  /** Name of the Dockerfile inside the tar. */
  readonly dockerfile: string;
  readonly tag: string;
  readonly target: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Image in a registry whose inline cache is imported; null or left out for none. */
  readonly cacheFrom?: string | null;
  /** Writes the cache into the image, for a later `cacheFrom`. */
  readonly inlineCache?: boolean;
}

/** A build that failed, with the engine's words. */
export class BuildFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BuildFailure';
  }
}

/**
 * Builds an image with the engine's BuildKit (`version=2`; the classic builder is never asked). Provenance is not added, so an
 * unchanged build keeps its digest.
 * @param onMessage receives every message of the build's trace as it arrives, those of a failed build too
 * @returns the image's id
 * @throws BuildFailure where the build says that it failed; DeployclockError STREAM_TRUNCATED where it ends without saying so
 */
export async function buildImage(
  engine: Engine,
  request: BuildRequest,
  clock: Clock,
  signal: AbortSignal,
  onMessage: (message: StreamMessage) => void,
): Promise<Digest> {
  // moby daemon/internal/builder-next/builder.go looks for the inline cache among the build arguments.
  const buildArgs = { ...request.buildArgs, ...(request.inlineCache ? { BUILDKIT_INLINE_CACHE: '1' } : {}) };
  const query = {
    version: '2',
    dockerfile: request.dockerfile,
    t: request.tag,
    ...(request.target === null ? {} : { target: request.target }),
    ...(Object.keys(buildArgs).length === 0 ? {} : { buildargs: buildArgs }),
    ...(request.cacheFrom ? { cachefrom: JSON.stringify([request.cacheFrom]) } : {}),
  };
  let imageId: Digest | null = null;
  for await (const message of streamMessages(engine, { path: '/build', query, tar: request.tar, signal }, clock)) {
    onMessage(message);
    const failure = errorIn(message);
    if (failure !== null) {
      const full = engineFailure('BUILD_FAILED', 'build', failure);
      throw full.code === 'NO_SPACE' ? full : new BuildFailure(failure);
    }
    if (message.body.id === 'moby.image.id') imageId = imageIdIn(message.body.aux);
  }
  if (imageId === null) {
    throw new DeployclockError(
      'STREAM_TRUNCATED',
      `The build of ${request.tag} ended without an image and without an error.`,
    );
  }
  return imageId;
}

function imageIdIn(aux: unknown): Digest | null {
  const id = typeof aux === 'object' && aux !== null && 'ID' in aux ? aux.ID : undefined;
  return typeof id === 'string' ? asDigest(id) : null;
}
