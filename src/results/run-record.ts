import { z } from 'zod';

/** run.json: everything about a run that is not a sample. */
export const runSchemaVersion = 1;

const linkProfile = z.object({ label: z.string(), rate: z.number().nullable(), roundTrip: z.number() });

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
    app: z.object({ port: z.number().int(), env: z.array(z.string()) }),
    ready: z.object({ path: z.string(), status: z.number().int(), timeoutMs: z.number() }),
    edits: z.record(z.string(), z.array(z.record(z.string(), z.string()))),
    links: z.object({ uplink: linkProfile, downlink: linkProfile, mirror: linkProfile }),
  }),
  seed: z.number().int(),
  plan: z.object({
    rounds: z.number().int(),
    kinds: z.array(z.string()),
    /** The variants' turns: one entry per deploy, in order. */
    turns: z.array(z.object({ round: z.number().int(), kind: z.string(), variant: z.string() })),
  }),
  fingerprint: fingerprintSchema,
  images: z.array(labImageSchema),
  /** The command that makes this run again. */
  command: z.string(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
