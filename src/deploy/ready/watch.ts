import type { Clock } from '../../clock.ts';
import type { Server } from '../../lab/server/server.ts';
import type { ReadyDetail } from '../../results/sample.ts';
import type { ReadinessCheck } from '../../scenario/scenario.ts';
import type { Milliseconds } from '../../units.ts';
import type { RunningApp } from '../start.ts';

/** Something that was seen to have come about, and since when it may have been so: the start of the last attempt that did not see it. */
export interface Seen {
  readonly at: Milliseconds;
  readonly notBefore: Milliseconds;
}

/** What was seen of an app while it was waited for. */
export interface Sightings {
  readonly listening: Seen | null;
  readonly firstResponse: Seen | null;
  readonly firstSuccess: Seen | null;
  readonly healthy: Seen | null;
  readonly attempts: number | null;
  readonly lastStatus: number | null;
  readonly healthcheck: ReadyDetail['healthcheck'];
}

export const nothingSeen: Sightings = {
  listening: null,
  firstResponse: null,
  firstSuccess: null,
  healthy: null,
  attempts: null,
  lastStatus: null,
  healthcheck: null,
};

/** What a person is told of an app that did not get ready in time. */
export interface Shortfall {
  readonly message: string;
  readonly hint: string;
  /** Null for the app's last log lines. */
  readonly excerpt: string | null;
}

/** One way to watch for readiness, under way. */
export interface Watch {
  /**
   * The check is met; `notBefore` as for everything seen. Rejects where it never can be, and as soon as the watch's signal is aborted.
   * A crash is none of its business: whoever started the watch looks out for that.
   */
  readonly met: Promise<Seen>;
  readonly sightings: () => Sightings;
  /** `within` is the time that was given: `60 s`. Asked for after the watch has ended. */
  readonly shortfall: (within: string) => Promise<Shortfall>;
}

export interface Watched {
  readonly server: Server;
  readonly app: RunningApp;
  /** The app's port inside its container. */
  readonly port: number | null;
  readonly clock: Clock;
  /** When the wait began. */
  readonly began: Milliseconds;
}

/** Starts to watch; `signal` ends everything that this set going. */
export type StartWatch<Check extends ReadinessCheck['check']> = (
  watched: Watched,
  check: Extract<ReadinessCheck, { readonly check: Check }>,
  signal: AbortSignal,
) => Watch;
