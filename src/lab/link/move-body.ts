import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../clock.ts';
import { type Milliseconds, milliseconds } from '../../units.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** A part of a body that waits for the line. */
interface Waiting {
  readonly chunk: Buffer;
  readonly arrivedAt: Milliseconds;
}

/**
 * Moves a body from `source` to `sink`, each piece at the pace of the line, and never faster than the sink takes it. Works on events: awaiting every
 * chunk costs more than moving it.
 * @param line null on an unshaped link
 * @param onBytes told of every piece once the system has taken it
 * @returns when the system has taken the last byte; `sink` is ended
 * @throws Error when either side breaks off; neither is destroyed, and what the source still sends is thrown away
 */
export function moveBody(
  source: Readable,
  sink: Writable,
  line: RateLimiter | null,
  clock: Clock,
  onBytes: (size: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const queue: Waiting[] = [];
    let queuedBytes = 0;
    let begun = false;
    let complete = false;
    /** Since when the sink takes bytes. */
    let roomAt = clock.now();
    let blocked = false;
    let timer: NodeJS.Timeout | null = null;

    function hand(piece: Buffer): void {
      const size = piece.length;
      const room = sink.write(piece, (error) => {
        if (error === null || error === undefined) onBytes(size);
      });
      // A receiver that is kept busy for a moment must not keep a shaped line waiting.
      if (room || sink.writableLength < (line?.slackBytes ?? 0)) return;
      blocked = true;
      source.pause();
    }

    /** Hands over what may go, and sets a timer for what may not yet. */
    function pass(paced: RateLimiter): void {
      while (!blocked && timer === null && queue.length > 0) {
        const { piece, thereAt } = take(paced.pieceBytes);
        const wait = paced.reserve(piece.length, begun ? milliseconds(thereAt - paced.slack) : thereAt);
        begun = true;
        // Timers resolve a millisecond; what is shorter is carried over by the line itself.
        if (wait < 1) hand(piece);
        else {
          timer = setTimeout(() => {
            timer = null;
            hand(piece);
            pass(paced);
          }, Math.ceil(wait));
        }
      }
      // Not as soon as there is room for a piece: to stop and start the reading costs more than to move one.
      if (!blocked && !complete && queuedBytes <= paced.slackBytes * 0.75) source.resume();
      if (complete && timer === null && queue.length === 0) sink.end();
    }

    function take(most: number): { piece: Buffer; thereAt: Milliseconds } {
      const [head] = queue;
      if (head === undefined) throw new Error('nothing waits');
      const { chunk, arrivedAt } = head;
      const piece = chunk.length <= most ? chunk : chunk.subarray(0, most);
      if (piece === chunk) queue.shift();
      else queue[0] = { chunk: chunk.subarray(most), arrivedAt };
      queuedBytes -= piece.length;
      return { piece, thereAt: milliseconds(Math.max(arrivedAt, roomAt)) };
    }

    function onData(chunk: Buffer): void {
      if (line === null) {
        hand(chunk);
        return;
      }
      queue.push({ chunk, arrivedAt: clock.now() });
      queuedBytes += chunk.length;
      if (queuedBytes >= line.slackBytes) source.pause();
      pass(line);
    }

    function onEnd(): void {
      complete = true;
      if (line === null) sink.end();
      else pass(line);
    }

    function onDrain(): void {
      blocked = false;
      roomAt = clock.now();
      if (line === null) source.resume();
      else pass(line);
    }

    function onSourceError(error: Error): void {
      settle(new Error(`the sender broke off: ${error.message}`, { cause: error }));
    }

    function onSinkError(error: Error): void {
      settle(new Error(`the receiver broke off: ${error.message}`, { cause: error }));
    }

    function onSourceClose(): void {
      if (!complete) settle(new Error('the sender broke off'));
    }

    function onSinkClose(): void {
      if (!sink.writableFinished) settle(new Error('the receiver broke off'));
    }

    function onFinish(): void {
      settle(null);
    }

    function settle(error: Error | null): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      // Those for errors stay: one may still come, and nobody else listens.
      source.off('data', onData).off('end', onEnd).off('close', onSourceClose);
      sink.off('drain', onDrain).off('finish', onFinish).off('close', onSinkClose);
      if (error === null) resolve();
      else {
        source.resume();
        reject(error);
      }
    }

    source.on('data', onData).on('end', onEnd).on('error', onSourceError).on('close', onSourceClose);
    sink.on('drain', onDrain).on('finish', onFinish).on('error', onSinkError).on('close', onSinkClose);
    // One that closed before does not say so again.
    if (sink.destroyed) onSinkClose();
    if (source.destroyed && !source.readableEnded) onSourceClose();
  });
}
