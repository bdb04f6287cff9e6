import type { BitsPerSecond, Milliseconds } from '../units.ts';

/** The deploy kinds that can be driven, in the order of a lap. */
export const deployKinds = ['first', 'code-edit'] as const;
export type DeployKind = (typeof deployKinds)[number];

/** One change to one file of the context. `{{nonce}}` in a text becomes a value that no earlier deploy has seen. */
export type Edit =
  | { readonly action: 'append'; readonly file: string; readonly text: string }
  | { readonly action: 'replace'; readonly file: string; readonly find: string; readonly with: string };

/** One way to build the app. */
export interface Variant {
  readonly name: string;
  /** Absolute path of the Dockerfile. */
  readonly dockerfile: string;
  /** Absolute path of the build context. */
  readonly context: string;
  readonly target: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
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

/** When the app counts as ready: an HTTP exchange on its published port with this status. */
export interface Readiness {
  readonly path: string;
  readonly status: number;
  readonly timeout: Milliseconds;
}

export interface AppSettings {
  /** The port that the app listens on inside its container. */
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
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
  readonly edits: Readonly<Partial<Record<DeployKind, readonly Edit[]>>>;
  readonly links: Links;
  /** How long the old container may take to stop before it is killed. */
  readonly stopTimeout: Milliseconds;
  /** No single phase may take longer. */
  readonly phaseTimeout: Milliseconds;
}
