import { type Clock, elapsed } from '../clock.ts';
import { DeployclockError } from '../errors.ts';
import { BuildFailure, type BuildRequest, buildImage } from '../lab/engine/build-image.ts';
import type { StreamMessage } from '../lab/engine/stream-messages.ts';
import type { LapLab } from '../lab/lab.ts';
import { fetchedBlobs } from '../lab/link/ledger.ts';
import type { BuildDetail } from '../results/sample.ts';
import type { packContext } from '../scenario/pack-context.ts';
import type { Variant } from '../scenario/scenario.ts';
import type { Digest } from '../units.ts';
import type { PhaseWork } from './phase.ts';
import { decodeTrace } from './trace/decode.ts';
import { unionLength } from './trace/intervals.ts';
import { clockOffset, collectVertices, criticalPath, failedStep, firstStart, ownTime } from './trace/steps.ts';

export interface BuildInput {
  readonly lap: LapLab;
  readonly variant: Variant;
  /** Packs the private copy of the variant's context. */
  readonly pack: () => ReturnType<typeof packContext>;
  readonly tag: string;
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
  const { lap, variant, tag } = input;
  const before = lap.mirrorLink.ledger.length;
  const packStart = clock.now();
  const context = await input.pack();
  const packed = clock.now();
  const request: BuildRequest = {
    tar: context.tar,
    dockerfile: context.dockerfileName,
    tag,
    target: variant.target,
    buildArgs: variant.buildArgs,
  };
  const messages: StreamMessage[] = [];
  const imageId = await buildImage(lap.builder.engine, request, clock, signal, (message) => {
    messages.push(message);
    input.keep(message);
  }).catch((thrown: unknown) => {
    throw thrown instanceof BuildFailure ? describeFailure(variant, thrown, messages) : thrown;
  });
  const mirrored = fetchedBlobs(lap.mirrorLink.ledger.slice(before));
  return {
    value: imageId,
    detail: (phaseStart) => {
      const events = decodeTrace(messages);
      const vertices = collectVertices(events);
      const offset = clockOffset(events);
      const path = criticalPath(vertices);
      const timeOf = (sort: string): number | null =>
        unionLength(vertices.filter((vertex) => vertex.sort === sort).flatMap((vertex) => vertex.intervals));
      return {
        contextPackMs: elapsed(packStart, packed),
        contextBytes: context.tar.length,
        basePullMs: timeOf('base'),
        basePullBytes: mirrored.length === 0 ? null : mirrored.reduce((sum, blob) => sum + blob.bytes, 0),
        exportMs: timeOf('export'),
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
