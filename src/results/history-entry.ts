import { z } from 'zod';

/** One line of history.ndjson: what a finished run found, small enough to be kept after its folder is gone. */
export const historySchemaVersion = 1;

const link = z.object({ rate: z.number().nullable(), roundTrip: z.number() });
const links = z.object({ uplink: link, downlink: link, mirror: link });
export type HistoryLinks = z.infer<typeof links>;

/** What decides whether times of two runs may be compared: only where all of it is the same. */
const fingerprint = z.object({
  cpuModel: z.string(),
  cpus: z.number().int(),
  memoryBytes: z.number().int(),
  kernel: z.string(),
  hostEngine: z.object({ version: z.string(), storageDriver: z.string(), cgroupVersion: z.string() }),
  nodeEngine: z.object({ version: z.string(), storageDriver: z.string(), imageStore: z.string() }),
  serverEngine: z.object({
    version: z.string(),
    storageDriver: z.string(),
    imageStore: z.string(),
    cpus: z.number(),
    memoryBytes: z.number(),
  }),
  links,
  /** Of the variants that have links of their own. */
  variantLinks: z.record(z.string(), links),
  serverLimits: z.object({ cpus: z.number().nullable(), memory: z.number().int().nullable() }),
  server: z.object({ sort: z.string(), address: z.string().nullable() }),
  registry: z.object({ sort: z.string(), address: z.string().nullable() }),
});
export type HistoryFingerprint = z.infer<typeof fingerprint>;

const interval = z.object({ low: z.number(), high: z.number() });

/** Milliseconds. */
const time = z.object({ median: z.number(), samples: z.number().int() });
export type HistoryTime = z.infer<typeof time>;

const range = z.object({ min: z.number(), max: z.number(), samples: z.number().int() });
export type HistoryRange = z.infer<typeof range>;

/** To the baseline, as it was judged then: `ratio` below 1 is less time; the interval is that of 95 %. */
const estimate = z.object({
  pairs: z.number().int(),
  ratio: z.number(),
  interval: interval.nullable(),
  verdict: z.string(),
});
export type HistoryEstimate = z.infer<typeof estimate>;

/** By the metric's name; null, or not there at all, where no deploy has the number. */
const variant = z.object({
  variant: z.string(),
  times: z.record(z.string(), time.nullable()),
  facts: z.record(z.string(), range.nullable()),
  /** Null for the baseline. */
  changes: z
    .object({
      times: z.record(z.string(), estimate.nullable()),
      facts: z.record(z.string(), z.string().nullable()),
    })
    .nullable(),
});
export type HistoryVariant = z.infer<typeof variant>;

const gates = z.object({
  outcome: z.string(),
  results: z.array(
    z.object({
      metric: z.string(),
      variant: z.string(),
      rule: z.string(),
      outcome: z.string(),
      /** Milliseconds, bytes, counts, or a share over the baseline. */
      value: z.number().nullable(),
      limit: z.number(),
      fails: z.boolean(),
    }),
  ),
});

export const historyEntrySchema = z.object({
  schema: z.literal(historySchemaVersion),
  run: z.string(),
  startedAt: z.string(),
  scenario: z.string(),
  toolVersion: z.string(),
  command: z.string(),
  git: z.object({ commit: z.string(), changed: z.boolean() }).nullable(),
  /** `hash`: eight hexadecimal digits, the same where all other parts are. */
  fingerprint: fingerprint.extend({ hash: z.string() }),
  rounds: z.object({ planned: z.number().int(), measured: z.number().int() }),
  baseline: z.string(),
  /** In the order of a lap, each with its variants, the baseline first. */
  kinds: z.array(z.object({ kind: z.string(), variants: z.array(variant) })),
  /** Null where nothing was gated. */
  gates: gates.nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
