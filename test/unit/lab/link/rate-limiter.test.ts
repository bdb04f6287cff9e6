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

test('chunks queue up behind each other', () => {
  const line = createRateLimiter(rate, handClock());
  expect(line.reserve(1000)).toBe(1);
  expect(line.reserve(1000)).toBe(2);
  expect(line.reserve(500)).toBe(2.5);
});

test('a timer that fires late does not make the line slower', () => {
  const clock = handClock();
  const line = createRateLimiter(rate, clock);
  let sent = 0;
  // Each chunk is waited for 3 ms too long, as a busy event loop does.
  for (let chunk = 0; chunk < 1000; chunk += 1) {
    const wait = line.reserve(10_000);
    sent += 10_000;
    clock.set(clock.now() + (wait >= 1 ? wait + 3 : 0));
  }
  const took = clock.now() - 1000;
  expect(took / transmissionTime(sent, rate)).toBeGreaterThan(0.999);
  expect(took / transmissionTime(sent, rate)).toBeLessThan(1.001);
});

test('idle time is not saved up', () => {
  const clock = handClock();
  const line = createRateLimiter(rate, clock);
  clock.set(61_000);
  expect(line.reserve(4000)).toBe(4);
});

test('an unshaped line never waits', () => {
  const line = createRateLimiter(null, handClock());
  expect(line.reserve(1e12)).toBe(0);
});
