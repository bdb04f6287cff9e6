import { z } from 'zod';

/** run.json: everything about a run that is not a sample. */
export const runSchemaVersion = 2;

const linkProfile = z.object({ label: z.string(), rate: z.number().nullable(), roundTrip: z.number() });
const linkProfiles = z.object({ uplink: linkProfile, downlink: linkProfile, mirror: linkProfile });

const fingerprintSchema = z.object({
  cpuModel: z.string(),
  cpus: z.number().int(),
  memoryBytes: z.number().int(),
  kernel: z.string(),
  platform: z.string(),
  nodeJs: z.string(),
  /** The user's engine, which carries the lab. */
  hostEngine: z.object({ version: z.string(), storageDriver: z.string(), cgroupVersion: z.string() }),
  /** The engine inside the nodes, which is what was measured. */
  nodeEngine: z.object({
    version: z.string(),
    apiVersion: z.string(),
    storageDriver: z.string(),
    imageStore: z.enum(['graphdriver', 'containerd']),
    maxConcurrentDownloads: z.number().int().nullable(),
  }),
  /** The engine that releases ran on: a node's, or an existing one on whatever machine it is. */
  serverEngine: z.object({
    version: z.string(),
    storageDriver: z.string(),
    imageStore: z.enum(['graphdriver', 'containerd']),
    cpus: z.number(),
    memoryBytes: z.number(),
  }),
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;

const labImageSchema = z.object({
  role: z.string(),
  image: z.string(),
  id: z.string(),
  /** True: made on this machine from Debian and npm packages, because the public image could not be had. */
  standIn: z.boolean(),
});
export type LabImage = z.infer<typeof labImageSchema>;

const variantRecord = z.object({
  name: z.string(),
  dockerfile: z.string(),
  context: z.string(),
  target: z.string().nullable(),
  buildArgs: z.array(z.string()),
  dockerfileText: z.string(),
  builder: z.enum(['warm', 'fresh', 'registry-cache']),
  /** The git revision as named, and the commit that it was; null for files as they were. */
  ref: z.string().nullable(),
  /** Null where they are the scenario's. */
  links: linkProfiles.nullable().default(null),
});

/** A limit that the scenario sets. `budget` in milliseconds, bytes or counts, as its metric; `maxIncrease` as a share: 0.05 is 5 %. */
const gateRecord = z.object({
  metric: z.string(),
  budget: z.number().nullable(),
  maxIncrease: z.number().nullable(),
  /** A time must also be this much longer, in milliseconds, to count as an increase. */
  floorMs: z.number(),
  level: z.enum(['error', 'warn', 'off']),
  /** Measured and told, but fails nothing. */
  erratic: z.boolean(),
});
export type GateRecord = z.infer<typeof gateRecord>;

/** When a run stops measuring. */
const stoppingRecord = z.discriminatedUnion('rule', [
  /** Every planned turn is made. */
  z.object({ rule: z.literal('fixed') }),
  /** Looks after so many rounds, until the release clocks are known so well or the time is over; turns beyond are not made. */
  z.object({ rule: z.literal('until'), precision: z.number().nullable(), timeBudgetMs: z.number().nullable() }),
  /** Looks at so many pairs. What the gates then suspect is measured anew in the rounds from `confirmFrom`, which alone decide. */
  z.object({ rule: z.literal('screen-and-confirm'), confirmFrom: z.number().int() }),
]);
export type Stopping = z.infer<typeof stoppingRecord>;

const readyRecord = z.discriminatedUnion('check', [
  z.object({
    check: z.literal('http'),
    path: z.string(),
    status: z.number().int(),
    body: z.string().nullable(),
    successes: z.number().int(),
    timeout: z.number(),
  }),
  z.object({ check: z.literal('tcp'), timeout: z.number() }),
  z.object({ check: z.literal('log'), pattern: z.string(), occurrences: z.number().int(), timeout: z.number() }),
  z.object({ check: z.literal('healthcheck'), timeout: z.number() }),
  z.object({ check: z.literal('exit'), timeout: z.number() }),
]);

/** A link's rate as it was measured before the run, bits per second. */
const linkProbeRecord = z.object({
  label: z.string(),
  direction: z.enum(['from-registry', 'to-registry']),
  wanted: z.number(),
  measured: z.number(),
});

export const runRecordSchema = z.object({
  schema: z.literal(runSchemaVersion),
  tool: z.object({ name: z.literal('deployclock'), version: z.string() }),
  id: z.string(),
  startedAt: z.string(),
  scenario: z.object({
    name: z.string(),
    description: z.string(),
    variants: z.array(variantRecord).min(1),
    baseline: z.string(),
    app: z.object({ port: z.number().int().nullable(), env: z.array(z.string()) }),
    ready: readyRecord,
    edits: z.record(z.string(), z.array(z.record(z.string(), z.string()))),
    links: linkProfiles,
    server: z.object({ cpus: z.number().nullable(), memory: z.number().int().nullable() }),
    replace: z.enum(['stop-first', 'start-first']),
    /** What nobody wrote and was found out. */
    assumed: z.array(z.string()),
    gates: z.array(gateRecord).default([]),
  }),
  /** The server and the registry: the lab's own, or existing ones by address (never with credentials). */
  server: z.object({ sort: z.enum(['node', 'existing']), address: z.string().nullable() }),
  registry: z.object({ sort: z.enum(['lab', 'existing']), address: z.string().nullable() }),
  seed: z.number().int(),
  plan: z.object({
    rounds: z.number().int(),
    kinds: z.array(z.string()),
    /** Kinds that were not run, and why. */
    skipped: z.array(z.object({ kind: z.string(), why: z.string() })),
    /** The variants' turns: one entry per deploy, in order. */
    turns: z.array(
      z.object({ round: z.number().int(), kind: z.string(), repeat: z.number().int(), variant: z.string() }),
    ),
    stopping: stoppingRecord.default({ rule: 'fixed' }),
  }),
  fingerprint: fingerprintSchema,
  images: z.array(labImageSchema),
  linkProbes: z.array(linkProbeRecord),
  /** The commit that the working folder was at, and whether files there differed from it; null outside of a git repository. */
  git: z.object({ commit: z.string(), changed: z.boolean() }).nullable().default(null),
  /** The command that makes this run again. */
  command: z.string(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
