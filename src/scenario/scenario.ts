import type { BitsPerSecond, Bytes, Milliseconds } from '../units.ts';

/** The deploy kinds, in the order of a lap. */
export const deployKinds = ['first', 'code-edit', 'dependency-edit', 'no-change', 'new-server', 'rollback'] as const;
export type DeployKind = (typeof deployKinds)[number];

/** The kinds that deploy an edit; in this order, edits of both lie on each other in the context. */
export const editedKinds = ['code-edit', 'dependency-edit'] as const;
export type EditedKind = (typeof editedKinds)[number];

/** One change to the context. `{{nonce}}` in a text becomes a value that no earlier deploy has seen. */
export type Edit =
  | { readonly action: 'append'; readonly file: string; readonly text: string }
  | { readonly action: 'replace'; readonly file: string; readonly find: string; readonly with: string }
  /** Lays the files of a folder (absolute path) over the context: changed and new ones. */
  | { readonly action: 'overlay'; readonly folder: string };

/**
 * The state in which the builder finds itself at every deploy after the first: `warm` keeps its cache, `fresh` is a new machine that
 * has nothing, `registry-cache` is a new machine that imports the previous release from the registry as its cache (inline cache).
 */
export const builderModes = ['warm', 'fresh', 'registry-cache'] as const;
export type BuilderMode = (typeof builderModes)[number];

/** Whether the old container goes before the new one comes, or after the new one is ready. */
export const replacements = ['stop-first', 'start-first'] as const;
export type Replacement = (typeof replacements)[number];

/** One way to build the app. */
export interface Variant {
  readonly name: string;
  /** Absolute path of the Dockerfile. */
  readonly dockerfile: string;
  /** Absolute path of the build context. */
  readonly context: string;
  readonly target: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly builder: BuilderMode;
  /** The git revision that Dockerfile and context were taken from, as named; null for the files as they are. */
  readonly ref: string | null;
  /** Links of its own; null: the scenario's. */
  readonly links: Links | null;
}

/** How a network path behaves. `rate` null: unshaped. `roundTrip` is added once per request and once per new connection. */
export interface LinkProfile {
  /** As a person writes it: `100mbps`, `20mbps/30ms`, `unshaped`. */
  readonly label: string;
  readonly rate: BitsPerSecond | null;
  readonly roundTrip: Milliseconds;
}

export interface Links {
  readonly uplink: LinkProfile;
  readonly downlink: LinkProfile;
  readonly mirror: LinkProfile;
}

/** What has to happen for the app to count as ready. */
export type ReadinessCheck =
  /** So many expected answers in a row, each on a fresh connection. `body`: source of a regular expression that the body must match. */
  | {
      readonly check: 'http';
      readonly path: string;
      readonly status: number;
      readonly body: string | null;
      readonly successes: number;
    }
  /** The container itself accepts a connection. */
  | { readonly check: 'tcp' }
  /** The app writes this many lines that match the regular expression. */
  | { readonly check: 'log'; readonly pattern: string; readonly occurrences: number }
  /** Docker calls the container healthy, by the image's own HEALTHCHECK. */
  | { readonly check: 'healthcheck' }
  /** A job: the app ends with exit code 0. */
  | { readonly check: 'exit' };

export type Readiness = ReadinessCheck & { readonly timeout: Milliseconds };

export interface AppSettings {
  /** The port that the app listens on inside its container; null for an app without one. */
  readonly port: number | null;
  readonly env: Readonly<Record<string, string>>;
}

/** What a server node may use of the machine; null: no limit. */
export interface ServerLimits {
  /** Processors, in parts: 0.5 is half of one. */
  readonly cpus: number | null;
  readonly memory: Bytes | null;
}

/** What a gate that does not hold means. */
export const gateLevels = ['error', 'warn', 'off'] as const;
type GateLevel = (typeof gateLevels)[number];

/** A limit to one metric. At least one of `budget` and `maxIncrease` is set. */
export interface Gate {
  /** As `code-edit.release` or `image.bytes`: see results/metric-name.ts. */
  readonly metric: string;
  /** The most it may be: milliseconds, bytes or a count, as the metric is. */
  readonly budget: number | null;
  /** How much more than the baseline's it may be, as a share: 0.05 is 5 %. */
  readonly maxIncrease: number | null;
  /** A time that is longer by less than this is no slow-down, whatever its share. */
  readonly floorMs: Milliseconds;
  readonly level: GateLevel;
  /** Measured and told, but it fails nothing. */
  readonly erratic: boolean;
}

/** A scenario with every default filled in, every path absolute and every unit a number. The first variant is the baseline. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** Absolute path of the scenario's folder. */
  readonly folder: string;
  readonly variants: readonly [Variant, ...Variant[]];
  readonly app: AppSettings;
  readonly ready: Readiness;
  readonly edits: Readonly<Partial<Record<EditedKind, readonly Edit[]>>>;
  readonly links: Links;
  readonly server: ServerLimits;
  readonly replace: Replacement;
  /** How long the old container may take to stop before it is killed. */
  readonly stopTimeout: Milliseconds;
  /** No single phase may take longer. */
  readonly phaseTimeout: Milliseconds;
  readonly gates: readonly Gate[];
  /** What nobody wrote and deployclock found out, in whole sentences; told before a run, since it may be wrong. */
  readonly assumed: readonly string[];
}
