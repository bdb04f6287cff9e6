import type { Clock } from '../../clock.ts';
import { type BitsPerSecond, type Bytes, type Milliseconds, milliseconds } from '../../units.ts';

/** A line that fell free less than this ago is taken to have been kept waiting by a late timer, which is made good; a longer gap was idle. */
const lateMs = 20;

/** Paces bytes to a rate; shared by every connection of one direction of a link. */
export interface RateLimiter {
  /** Books `size` bytes on the line and says how long from now their last byte arrives. */
  readonly reserve: (size: number) => Milliseconds;
}

/**
 * A line of a fixed rate, kept as the instant at which it falls free: each chunk extends it by its own transmission time.
 * The instant moves in exact arithmetic, so timers that fire late do not add up to a slower line.
 */
export function createRateLimiter(rate: BitsPerSecond | null, clock: Clock): RateLimiter {
  if (rate === null) return { reserve: () => milliseconds(0) };
  let freeAt = clock.now() as number;
  return {
    reserve: (size) => {
      const now = clock.now();
      freeAt = (now - freeAt > lateMs ? now : freeAt) + transmissionTime(size, rate);
      return milliseconds(Math.max(0, freeAt - now));
    },
  };
}

/** The time that `size` bytes take at `rate`, without any protocol's overhead. */
export function transmissionTime(size: Bytes | number, rate: BitsPerSecond): Milliseconds {
  return milliseconds((size * 8 * 1000) / rate);
}
