import type { Digest } from '../units.ts';
import type { RunningApp } from './start.ts';

/** What the deploys of a lap have left so far; each deploy takes the one before and gives the next. */
export interface Release {
  readonly tag: string;
  readonly imageId: Digest;
  readonly app: RunningApp;
}

export interface LapState {
  /** Null before the first deploy. */
  readonly current: Release | null;
}
