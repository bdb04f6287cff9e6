import type { Digest } from '../units.ts';
import type { RunningApp } from './start.ts';

/** A release that a lap's deploys have brought to the registry and a server. */
export interface Release {
  readonly tag: string;
  /** As the builder has it. */
  readonly imageId: Digest;
  /** Of the manifest in the registry. */
  readonly digest: Digest;
  /** Digests of its layers; null where its manifest could not be read. */
  readonly layers: readonly string[] | null;
  readonly app: RunningApp;
}

/** What the deploys of a lap have left so far; each deploy takes the one before and gives the next. */
export interface LapState {
  /** What the server runs; null before the first deploy. */
  readonly current: Release | null;
  /** The other release that the server ran before this one; null where there is none. */
  readonly previous: Release | null;
  /** Digests of all layers that earlier deploys brought to the registry and the server; null where some of them are not known. */
  readonly layers: ReadonlySet<string> | null;
}

export const emptyState: LapState = { current: null, previous: null, layers: new Set() };

/** The state after `release` took the place of what ran before. The same image again is no other release to go back to. */
export function stateAfter(before: LapState, release: Release): LapState {
  const { current } = before;
  return {
    current: release,
    previous: current !== null && current.digest !== release.digest ? current : before.previous,
    layers: before.layers === null || release.layers === null ? null : new Set([...before.layers, ...release.layers]),
  };
}
