import { type Milliseconds, milliseconds } from './units.ts';

/** A monotonic clock. `now` counts from an arbitrary zero: only differences mean something. */
export interface Clock {
  readonly now: () => Milliseconds;
  /** Name written beside every duration that this clock measured. */
  readonly source: string;
}

/** The process's high-resolution timer; never set back by NTP. `process.hrtime` resolves nanoseconds. */
export const monotonicClock: Clock = {
  now: () => milliseconds(Number(process.hrtime.bigint()) / 1e6),
  source: 'monotonic',
};

export function elapsed(from: Milliseconds, to: Milliseconds): Milliseconds {
  return milliseconds(to - from);
}
