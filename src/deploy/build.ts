import { type Clock, elapsed } from '../clock.ts';
import { DeployclockError } from '../errors.ts';
import { BuildFailure, type BuildRequest, buildImage } from '../lab/engine/build-image.ts';
import type { StreamMessage } from '../lab/engine/stream-messages.ts';
import type { Bench } from '../lab/lab.ts';
import { fetchedBlobs } from '../lab/link/ledger.ts';
import type { BuildDetail } from '../results/sample.ts';
import type { packContext } from '../scenario/pack-context.ts';
import type { Variant } from '../scenario/scenario.ts';
import type { Digest } from '../units.ts';
import type { PhaseWork } from './phase.ts';
import { decodeTrace } from './trace/decode.ts';
import { unionLength } from './trace/intervals.ts';
import {
  clockOffset,
  collectVertices,
  criticalPath,
  failedStep,
  firstStart,
  ownTime,
  partTime,
  type Vertex,
} from './trace/steps.ts';

export interface BuildInput {
  readonly bench: Bench;
  readonly variant: Variant;
  /** Packs the private copy of the variant's context. */
  readonly pack: () => ReturnType<typeof packContext>;
  /** Reference of the image on the builder. */
  readonly reference: string;
  /** Release in the registry whose cache is imported; null for none. */
  readonly cacheFrom: string | null;
  /** Receives each of the engine's messages, those of a failed build too. */
  readonly keep: (message: StreamMessage) => void;
}

/**
 * Build: from before the context is packed to an image that is ready to push.
 * @throws DeployclockError BUILD_FAILED with the failed step's last lines; DOCKERFILE_INVALID, NO_SPACE, STREAM_TRUNCATED
 */
export async function build(
  input: BuildInput,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<BuildDetail, Digest>> {
  const { bench, variant, reference, cacheFrom } = input;
  const before = { mirror: bench.mirrorLink.ledger.length, uplink: bench.uplink?.ledger.length ?? 0 };
  const inlineCache = variant.builder === 'registry-cache';
  const packStart = clock.now();
  const context = await input.pack();
  const packed = clock.now();
  const request: BuildRequest = {
    tar: context.tar,
    dockerfile: context.dockerfileName,
    tag: reference,
    target: variant.target,
    buildArgs: variant.buildArgs,
    cacheFrom,
    inlineCache,
  };
  const messages: StreamMessage[] = [];
  const imageId = await buildImage(bench.builder.engine, request, clock, signal, (message) => {
    messages.push(message);
    input.keep(message);
  }).catch((thrown: unknown) => {
    throw thrown instanceof BuildFailure ? describeFailure(variant, thrown, messages) : thrown;
  });
  const mirrored = fetchedBlobs(bench.mirrorLink.ledger.slice(before.mirror));
  const imported = bench.uplink === null ? null : fetchedBlobs(bench.uplink.ledger.slice(before.uplink));
  return {
    value: imageId,
    detail: (phaseStart) => {
      const events = decodeTrace(messages);
      const vertices = collectVertices(events);
      const offset = clockOffset(events);
      const path = criticalPath(vertices);
      const timeOf = (sort: string): number | null =>
        unionLength(vertices.filter((vertex) => vertex.sort === sort).flatMap((vertex) => vertex.intervals));
      const timeNamed = (name: RegExp): number | null =>
        unionLength(vertices.filter((vertex) => name.test(vertex.name)).flatMap((vertex) => vertex.intervals));
      return {
        contextPackMs: elapsed(packStart, packed),
        contextBytes: context.tar.length,
        basePullMs: timeOf('base'),
        basePullBytes: mirrored.length === 0 ? null : totalBytes(mirrored),
        exportMs: timeOf('export'),
        cacheImported: cacheFrom === null ? null : importSucceeded(vertices),
        cacheImportMs: cacheFrom === null ? null : timeNamed(/^importing cache/),
        cacheImportBytes: cacheFrom === null || imported === null ? null : totalBytes(imported),
        // A part of exporting the image: buildkit solver/llbsolver/solver.go.
        cacheExportMs: inlineCache ? partTime(events, /^preparing layers for inline cache/) : null,
        criticalPathMs: path?.ms ?? null,
        criticalPath: path?.names ?? [],
        steps: vertices.map((vertex) => ({
          name: vertex.name,
          sort: vertex.sort,
          cached: vertex.cached,
          startMs: vertex.intervals.length === 0 ? null : firstStart(vertex) + offset - phaseStart,
          ms: ownTime(vertex),
        })),
      };
    },
  };
}

/** A cache that cannot be read is an error of its own vertex, and the build goes on: buildkit solver/llbsolver/bridge.go. */
function importSucceeded(vertices: readonly Vertex[]): boolean {
  const imports = vertices.filter((vertex) => /^importing cache/.test(vertex.name));
  return imports.length > 0 && imports.every((vertex) => vertex.error === '');
}

function totalBytes(blobs: readonly { readonly bytes: number }[]): number {
  return blobs.reduce((sum, blob) => sum + blob.bytes, 0);
}

function describeFailure(
  variant: Variant,
  failure: BuildFailure,
  messages: readonly StreamMessage[],
): DeployclockError {
  const step = failedStep(decodeTrace(messages), 20);
  if (/dockerfile parse error|unknown instruction|file with no instructions/i.test(failure.message)) {
    return new DeployclockError('DOCKERFILE_INVALID', `${variant.dockerfile} does not parse: ${failure.message}`);
  }
  if (/no space left on device/i.test(step?.output ?? '')) {
    return new DeployclockError(
      'NO_SPACE',
      `The build of ${variant.name} ran out of disk space at ${step?.name ?? 'a step'}.`,
      {
        excerpt: step?.output ?? '',
      },
    );
  }
  const where = step === null ? '' : ` at ${step.name}`;
  return new DeployclockError('BUILD_FAILED', `The build of ${variant.name} failed${where}: ${failure.message}`, {
    ...(step === null || step.output === '' ? {} : { excerpt: step.output }),
  });
}
