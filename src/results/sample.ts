import { z } from 'zod';

/** One line of samples.ndjson: one deploy. Times are milliseconds, sizes bytes; what did not happen is null, never 0. */
export const sampleSchemaVersion = 2;

export const phaseNames = ['build', 'push', 'pull', 'stop', 'start', 'ready'] as const;
export type PhaseName = (typeof phaseNames)[number];

export const outcomes = [
  'ok',
  'wrong-state',
  'build-failed',
  'never-ready',
  'crashed',
  'timed-out',
  'lab-failed',
] as const;
export type Outcome = (typeof outcomes)[number];

const ms = z.number();
const byteCount = z.number().int();

/** An instant counted from the start of its phase, and how much earlier it may have been. */
const instant = z.object({ ms, resolutionMs: ms });
export type Instant = z.infer<typeof instant>;

/**
 * A build step: `startMs` counts from the start of the phase, null where it never ran; `ms` is the sum of its merged intervals on
 * the engine's clock.
 */
const buildStep = z.object({
  name: z.string(),
  sort: z.enum(['context', 'base', 'user', 'export', 'internal']),
  cached: z.boolean(),
  startMs: ms.nullable(),
  ms,
});
export type BuildStep = z.infer<typeof buildStep>;

/** A layer on its way through a link; `startMs`/`endMs` count from the start of the phase, null where nothing moved. */
const layerTransfer = z.object({
  digest: z.string(),
  how: z.enum(['moved', 'already-there', 'mounted']),
  bytes: byteCount.nullable(),
  startMs: ms.nullable(),
  endMs: ms.nullable(),
});
export type LayerTransfer = z.infer<typeof layerTransfer>;

const buildDetail = z.object({
  contextPackMs: ms,
  contextBytes: byteCount,
  /** Base images looked up, fetched and unpacked: the merged time of the FROM vertices. Next to nothing where they were there already. */
  basePullMs: ms.nullable(),
  /** Bytes that came through the mirror link during the phase; null where none did: all there already, or fetched elsewhere. */
  basePullBytes: byteCount.nullable(),
  exportMs: ms.nullable(),
  /** Whether BuildKit could read the cache in the registry; it goes on without where it cannot. Null where none was asked for. */
  cacheImported: z.boolean().nullable(),
  /** Looking up the cache that a fresh builder takes from the registry; null where none was asked for. */
  cacheImportMs: ms.nullable(),
  /** Layers of that cache that the build then fetched; null where none was asked for or no link saw them. */
  cacheImportBytes: byteCount.nullable(),
  /** Writing the cache into the image (inline cache), inside `exportMs`. Null where none was written. */
  cacheExportMs: ms.nullable(),
  /** Longest chain of steps that waited for each other. Steps may run side by side, so this is at most the sum. */
  criticalPathMs: ms.nullable(),
  criticalPath: z.array(z.string()),
  steps: z.array(buildStep),
});

/** Where a release goes over an existing registry's TLS, no link sees inside: instants and bytes are null there. */
const transferDetail = z.object({
  layers: z.array(layerTransfer),
  wireBytes: byteCount.nullable(),
  /** Union of the intervals in which layers were moving through the link. */
  transferMs: ms.nullable(),
  /** The time that the link's rate alone needs for those bytes; null on an unshaped link. */
  linkMs: ms.nullable(),
});
const pushDetail = transferDetail.extend({
  /** What moving the layers took beyond the time that the link's rate needs: compressing above all, the registry's work, round trips. */
  compressionMs: ms.nullable(),
});
const pullDetail = transferDetail.extend({
  /** From the last byte off the link to a usable image: unpacking that the download could not hide. */
  unpackTailMs: ms.nullable(),
});
const stopDetail = z.object({
  gracePeriodMs: ms,
  /** From the stop request until the old container had ended: how much of the grace period it used. */
  stopMs: ms,
  /** The grace period ran out and the engine killed it. */
  killed: z.boolean(),
  removeMs: ms,
  exitCode: z.number().int().nullable(),
});
const startDetail = z.object({ createMs: ms, startMs: ms });
const readyDetail = z.object({
  check: z.enum(['http', 'tcp', 'log', 'healthcheck', 'exit']),
  /** The app's port accepted its first connection. */
  listening: instant.nullable(),
  /** The first whole HTTP answer, whatever its status. */
  firstResponse: instant.nullable(),
  /** The first answer, line, connection or exit that the check asks for; of several in a row, the first of them. */
  firstSuccess: instant.nullable(),
  /** Docker called the container healthy, by the image's HEALTHCHECK. */
  healthy: instant.nullable(),
  attempts: z.number().int().nullable(),
  lastStatus: z.number().int().nullable(),
  /** The HEALTHCHECK that decided: its settings as the engine has them, and how long the app was ready before it said so. */
  healthcheck: z
    .object({ intervalMs: ms, startPeriodMs: ms, startIntervalMs: ms.nullable(), addedMs: ms.nullable() })
    .nullable(),
});

const phase = <D extends z.ZodType>(detail: D) =>
  z
    .object({
      ms,
      /** The clock that measured `ms`, and the smallest difference it can tell. */
      source: z.string(),
      resolutionMs: ms,
      /** Null where the phase failed before it could be told apart. */
      detail: detail.nullable(),
    })
    .nullable();

export const phasesSchema = z.object({
  build: phase(buildDetail),
  push: phase(pushDetail),
  pull: phase(pullDetail),
  stop: phase(stopDetail),
  start: phase(startDetail),
  ready: phase(readyDetail),
});
export type Phases = z.infer<typeof phasesSchema>;
export type BuildDetail = z.infer<typeof buildDetail>;
export type PushDetail = z.infer<typeof pushDetail>;
export type PullDetail = z.infer<typeof pullDetail>;
export type StopDetail = z.infer<typeof stopDetail>;
export type StartDetail = z.infer<typeof startDetail>;
export type ReadyDetail = z.infer<typeof readyDetail>;

export const factNames = [
  'image.bytes',
  'image.wireBytes',
  'image.layers',
  'push.bytes',
  'push.layers',
  'pull.bytes',
  'pull.layers',
  'build.steps',
  'build.cachedSteps',
  'build.contextBytes',
  'build.cacheBytes',
] as const;
export type FactName = (typeof factNames)[number];
const factsSchema = z.object(
  Object.fromEntries(factNames.map((name) => [name, z.number().nullable()])) as Record<
    FactName,
    z.ZodNullable<z.ZodNumber>
  >,
);
export type Facts = z.infer<typeof factsSchema>;

/** What a deploy kind claims about the state it starts from or leaves, what was looked at, and whether it held. */
const evidenceSchema = z.object({
  claim: z.string(),
  when: z.enum(['before', 'after']),
  proof: z.string(),
  /** Null where nothing could prove or disprove it. */
  holds: z.boolean().nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const sampleSchema = z.object({
  schema: z.literal(sampleSchemaVersion),
  round: z.number().int(),
  /** Which of a kind's deploys in its round, from 1. */
  repeat: z.number().int(),
  /** From 1; a deploy that began in the wrong state is measured again. */
  attempt: z.number().int(),
  /** Position among all deploys of the run, from 1. */
  order: z.number().int(),
  variant: z.string(),
  kind: z.string(),
  outcome: z.enum(outcomes),
  /** Why the outcome is not `ok`: the message and its lines, as the person saw them. */
  failure: z.object({ code: z.string(), message: z.string(), excerpt: z.string().nullable() }).nullable(),
  /** Wall-clock time of the start, for people; never used to compute a duration. */
  startedAt: z.string(),
  release: z.object({ ms }).nullable(),
  phases: phasesSchema,
  unattributedMs: ms.nullable(),
  /** From the last answer of the old container to the first of the new one, seen from outside; null where nothing was replaced. */
  downtime: instant.nullable(),
  facts: factsSchema,
  evidence: z.array(evidenceSchema),
  /** What makes the times doubtful although the state was right: repeated transfers, failing registries, collected garbage. */
  tainted: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type Sample = z.infer<typeof sampleSchema>;
