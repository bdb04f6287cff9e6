import type { EngineInstant } from './engine-clock.ts';
import { parseEngineInstant } from './engine-clock.ts';

export interface WrittenLine {
  readonly text: string;
  /** When the engine read it from the app, on the engine's clock; null where it did not say. */
  readonly writtenAt: EngineInstant | null;
}

/** Of a longer line only so much is kept. */
const longestLine = 1024 * 1024;
const newline = 0x0a;

/**
 * Puts one stream's messages together to lines. Each message begins with its instant. One that does not end with a line feed is a part of
 * a line: engines cut lines at 16 KiB, in the middle of a character if need be, and give each part the instant of the first (moby
 * daemon/logger/copier.go).
 */
export class LogLines {
  #parts: Buffer[] = [];
  #length = 0;
  #writtenAt: EngineInstant | null = null;

  /** The line that this message completes, or null. */
  push(message: Buffer): WrittenLine | null {
    const space = message.indexOf(0x20);
    const writtenAt = space < 0 ? null : parseEngineInstant(message.toString('latin1', 0, space));
    const part = writtenAt === null ? message : message.subarray(space + 1);
    if (this.#parts.length === 0) this.#writtenAt = writtenAt;
    if (this.#length < longestLine) this.#parts.push(part);
    this.#length += part.length;
    return part.at(-1) === newline ? this.end() : null;
  }

  /** What is left where the stream ends in the middle of a line, or null. */
  end(): WrittenLine | null {
    if (this.#parts.length === 0) return null;
    const text = Buffer.concat(this.#parts)
      .toString('utf8')
      .replace(/\r?\n$/, '');
    const line = { text, writtenAt: this.#writtenAt };
    this.#parts = [];
    this.#length = 0;
    return line;
  }
}

/** Cuts a terminal's output, which has no frames, into messages: they end with a line feed there. */
export class TerminalMessages {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: Buffer[] = [];
    for (let end = this.#rest.indexOf(newline); end >= 0; end = this.#rest.indexOf(newline)) {
      messages.push(this.#rest.subarray(0, end + 1));
      this.#rest = this.#rest.subarray(end + 1);
    }
    return messages;
  }
}
