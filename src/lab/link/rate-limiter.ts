import type { Clock } from '../../clock.ts';
import { type BitsPerSecond, type Bytes, type Milliseconds, milliseconds } from '../../units.ts';

/** A piece takes the line for this long at most, so that connections take turns and a slow line has no lumps. */
const pieceMs = 5;
const leastBytes = 256;
/** How long sender, receiver or this thread may be kept busy by something else in the middle of a body without slowing it down. */
const slackMs = 40;
const mostSlack = 8 * 1024 * 1024;

/** Paces bytes to a rate; shared by every connection of one direction of a link. */
export interface RateLimiter {
  /** The most that is sent in one go. */
  readonly pieceBytes: number;
  readonly slack: Milliseconds;
  /** How much a connection may hold on each side of the line: read ahead of it, and not taken by the receiver yet. */
  readonly slackBytes: number;
  /**
   * Books `size` bytes on the line and says how long from now their last byte arrives.
   * @param since when the line could have begun with them, had it been free
   */
  readonly reserve: (size: number, since: Milliseconds) => Milliseconds;
}

/**
 * A line of a fixed rate, kept as the instant at which it falls free: each piece extends it by its own transmission time.
 * The instant moves in exact arithmetic, so timers that fire late do not add up to a slower line.
 */
export function createRateLimiter(rate: BitsPerSecond, clock: Clock): RateLimiter {
  let freeAt: number = clock.now();
  const bytesIn = (ms: number): number => Math.max(leastBytes, Math.floor((rate * ms) / 8000));
  return {
    pieceBytes: bytesIn(pieceMs),
    slack: milliseconds(slackMs),
    slackBytes: Math.min(mostSlack, bytesIn(slackMs)),
    reserve: (size, since) => {
      freeAt = Math.max(freeAt, since) + transmissionTime(size, rate);
      return milliseconds(Math.max(0, freeAt - clock.now()));
    },
  };
}

/** The time that `size` bytes take at `rate`, without any protocol's overhead. */
export function transmissionTime(size: Bytes | number, rate: BitsPerSecond): Milliseconds {
  return milliseconds((size * 8 * 1000) / rate);
}
