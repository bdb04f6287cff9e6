import type { Clock } from '../../clock.ts';
import { type BitsPerSecond, type Bytes, type Milliseconds, milliseconds } from '../../units.ts';

/** A line that fell free less than this before the bytes were there is taken to have been in use: two pieces that follow each other. */
const gapMs = 2;
/** A piece takes the line for this long at most, so that connections take turns and a slow line has no lumps. */
const pieceMs = 5;
/** What is worth reading ahead: as much as the line sends while this thread is kept busy by something else. */
const readAheadMs = 25;
const leastBytes = 256;
const mostReadAhead = 8 * 1024 * 1024;

/** Paces bytes to a rate; shared by every connection of one direction of a link. */
export interface RateLimiter {
  /** The most that is sent in one go. */
  readonly pieceBytes: number;
  /** How much a connection may hold that waits for the line. */
  readonly readAheadBytes: number;
  /**
   * Books `size` bytes on the line and says how long from now their last byte arrives.
   * @param since when they were there to be sent, and somebody to take them: before that, the line had nothing to do
   */
  readonly reserve: (size: number, since: Milliseconds) => Milliseconds;
}

/**
 * A line of a fixed rate, kept as the instant at which it falls free: each piece extends it by its own transmission time.
 * The instant moves in exact arithmetic, so timers that fire late do not add up to a slower line.
 */
export function createRateLimiter(rate: BitsPerSecond, clock: Clock): RateLimiter {
  let freeAt: number = clock.now();
  const bytesIn = (ms: number): number => Math.floor((rate * ms) / 8000);
  return {
    pieceBytes: Math.max(leastBytes, bytesIn(pieceMs)),
    readAheadBytes: Math.min(mostReadAhead, Math.max(leastBytes, bytesIn(readAheadMs))),
    reserve: (size, since) => {
      freeAt = (since - freeAt > gapMs ? since : freeAt) + transmissionTime(size, rate);
      return milliseconds(Math.max(0, freeAt - clock.now()));
    },
  };
}

/** The time that `size` bytes take at `rate`, without any protocol's overhead. */
export function transmissionTime(size: Bytes | number, rate: BitsPerSecond): Milliseconds {
  return milliseconds((size * 8 * 1000) / rate);
}
