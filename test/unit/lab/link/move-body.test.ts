import { PassThrough, Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { monotonicClock } from '../../../../src/clock.ts';
import { moveBody } from '../../../../src/lab/link/move-body.ts';
import { createRateLimiter, type RateLimiter } from '../../../../src/lab/link/rate-limiter.ts';
import { bitsPerSecond } from '../../../../src/units.ts';
import { timed, times } from './between.ts';

const line = (rate: number): RateLimiter => createRateLimiter(bitsPerSecond(rate), monotonicClock);
const nothing = (): void => undefined;

/** Takes everything, and keeps nothing. */
const drain = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

test.each([
  ['an unshaped', () => null],
  ['a shaped', () => line(100_000_000)],
])('%s line changes no byte, whatever the sizes that they come in', async (_what, open) => {
  const parts = [1, 70_000, 3, 0, 200_000, 12].map((size, index) => Buffer.alloc(size, index));
  const sink = new PassThrough();
  const collected = buffer(sink);
  let counted = 0;
  await moveBody(Readable.from(parts, { objectMode: true }), sink, open(), monotonicClock, (size) => {
    counted += size;
  });
  expect((await collected).equals(Buffer.concat(parts))).toBe(true);
  expect(counted).toBe(270_016);
});

// 100 kB at 8 Mbit/s: 100 ms, the first 10 of them before the pause.
test.each([
  [40, 100],
  [130, 180],
])('of a pause of the sender, 40 ms are made good: %i ms', async (pause, expected) => {
  const goes = await times(3, async () => {
    const source = new PassThrough({ highWaterMark: 1_000_000 });
    const moved = moveBody(source, drain(), line(8_000_000), monotonicClock, nothing);
    source.write(Buffer.alloc(10_000));
    await sleep(pause);
    source.end(Buffer.alloc(90_000));
    await moved;
  });
  expect(goes[0]).toBeGreaterThanOrEqual(expected - 3);
  expect(goes[0]).toBeLessThan(expected + 25);
});

test('a body never begins before it is there', async () => {
  const paced = line(8_000_000);
  const move = (): Promise<void> =>
    moveBody(Readable.from([Buffer.alloc(50_000)]), drain(), paced, monotonicClock, nothing);
  await move();
  await sleep(30);
  expect(await timed(move())).toBeGreaterThanOrEqual(47);
});

test('who closed before is told at once', async () => {
  const [closed, open] = [new PassThrough(), new PassThrough()];
  closed.destroy();
  await expect(moveBody(open, closed, null, monotonicClock, nothing)).rejects.toThrow('the receiver broke off');
  await expect(moveBody(closed, new PassThrough(), null, monotonicClock, nothing)).rejects.toThrow(
    'the sender broke off',
  );
});

test('why a side broke off is told', async () => {
  const source = new PassThrough();
  const moving = moveBody(source, drain(), null, monotonicClock, nothing);
  source.destroy(new Error('cable cut'));
  await expect(moving).rejects.toThrow('the sender broke off: cable cut');
});
