import { expect, test } from 'vitest';
import type { Clock } from '../../../../src/clock.ts';
import { createRateLimiter, transmissionTime } from '../../../../src/lab/link/rate-limiter.ts';
import { bitsPerSecond, milliseconds } from '../../../../src/units.ts';

function handClock(): Clock & { set: (at: number) => void } {
  let at = 1000;
  return {
    source: 'by hand',
    now: () => milliseconds(at),
    set: (next) => {
      at = next;
    },
  };
}

const rate = bitsPerSecond(8_000_000); // a byte a microsecond

test('transmission time is size over rate', () => {
  expect(transmissionTime(125_000, bitsPerSecond(100_000_000))).toBe(10);
});

/** When the bytes in these tests were there, unless the test says otherwise: long before their turn. */
const early = milliseconds(1000);

test('pieces queue up behind each other', () => {
  const line = createRateLimiter(rate, handClock());
  expect(line.reserve(1000, early)).toBe(1);
  expect(line.reserve(1000, early)).toBe(2);
  expect(line.reserve(500, early)).toBe(2.5);
});

test.each([3, 60])('timers that fire %i ms late do not make the line slower', (late) => {
  const clock = handClock();
  const line = createRateLimiter(rate, clock);
  let sent = 0;
  // Each piece is waited for too long, as a busy event loop does; the next ones have been there for a while.
  for (let piece = 0; piece < 1000; piece += 1) {
    const wait = line.reserve(10_000, early);
    sent += 10_000;
    clock.set(clock.now() + (wait >= 1 ? wait + late : 0));
  }
  const took = clock.now() - 1000;
  expect(took).toBeGreaterThanOrEqual(transmissionTime(sent, rate));
  expect(took).toBeLessThan(transmissionTime(sent, rate) + late + 10);
});

test('idle time is not saved up', () => {
  const clock = handClock();
  const line = createRateLimiter(rate, clock);
  clock.set(61_000);
  expect(line.reserve(4000, milliseconds(61_000))).toBe(4);
});

test('what comes late to a free line begins when it is there', () => {
  const clock = handClock();
  const line = createRateLimiter(rate, clock);
  line.reserve(1000, early); // until 1001
  clock.set(1050);
  expect(line.reserve(40_000, milliseconds(1045))).toBe(35);
});

test('pieces and slack are small on a slow line, and large on a fast one', () => {
  const sizes = [64e3, 20e6, 1e9, 100e9].map((bits) => {
    const { pieceBytes, slackBytes } = createRateLimiter(bitsPerSecond(bits), handClock());
    return [pieceBytes, slackBytes];
  });
  expect(sizes).toEqual([
    [256, 320],
    [12_500, 100_000],
    [625_000, 5_000_000],
    [62_500_000, 8_388_608],
  ]);
});
