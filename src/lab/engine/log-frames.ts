/** One frame of a container's log: one message, or a part of a very long line. */
export interface LogFrame {
  readonly stream: 'stdout' | 'stderr' | 'engine';
  readonly payload: Buffer;
}

const headerLength = 8;

/**
 * Takes a container's log apart as its chunks arrive: without a terminal the engine puts eight bytes before each message, one of
 * stream, three of padding, four of length (big-endian). Stream 3 is the engine's own voice: what went wrong after it had said 200.
 */
export class LogFrames {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that this chunk completes. */
  push(chunk: Buffer): LogFrame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: LogFrame[] = [];
    while (this.#rest.length >= headerLength) {
      const end = headerLength + this.#rest.readUInt32BE(4);
      if (this.#rest.length < end) break;
      frames.push({ stream: streamOf(this.#rest[0]), payload: this.#rest.subarray(headerLength, end) });
      this.#rest = this.#rest.subarray(end);
    }
    return frames;
  }
}

function streamOf(byte: number | undefined): LogFrame['stream'] {
  if (byte === 3) return 'engine';
  return byte === 2 ? 'stderr' : 'stdout';
}
