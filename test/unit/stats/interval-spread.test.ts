import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intervalSpread } from '../../../src/stats/interval-spread.ts';
import { robustSpread } from '../../../src/stats/robust-spread.ts';

test('below five numbers there is none', () => {
  expect(intervalSpread([1, 2, 3, 4])).toBeNull();
  expect(intervalSpread([1, 2, 3, 4, 5])).not.toBeNull();
});

test('of numbers that are as normal ones should lie, it is their standard deviation', () => {
  // Normal quantiles at (i − 0.5) / 20.
  const half = [0.0627, 0.1891, 0.3186, 0.4538, 0.5978, 0.7554, 0.9346, 1.1503, 1.4395, 1.96];
  const numbers = half.flatMap((z) => [z, -z]);
  expect(intervalSpread(numbers)).toBeGreaterThan(0.9);
  expect(intervalSpread(numbers)).toBeLessThan(1.15);
});

test('numbers far out widen it, where the median distance does not see them', () => {
  const calm = [-1, -0.7, -0.4, -0.2, 0, 0.1, 0.3, 0.5, 0.8, 1];
  const jumpy = [...calm.slice(0, 7), 8, 9, 10];
  expect((intervalSpread(jumpy) ?? 0) / (intervalSpread(calm) ?? 1)).toBeGreaterThan(4);
  expect((robustSpread(jumpy) ?? 0) / (robustSpread(calm) ?? 1)).toBeLessThan(2);
});

test('it moves with the scale and not with the place', () => {
  const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 20 });
  fc.assert(
    fc.property(numbers, fc.double({ min: 0.1, max: 10, noNaN: true }), (own, factor) => {
      const scaled = intervalSpread(own.map((value) => value * factor)) ?? Number.NaN;
      const moved = intervalSpread(own.map((value) => value + 3)) ?? Number.NaN;
      const plain = intervalSpread(own) ?? Number.NaN;
      expect(scaled).toBeCloseTo(plain * factor, 9);
      expect(moved).toBeCloseTo(plain, 9);
    }),
  );
});
