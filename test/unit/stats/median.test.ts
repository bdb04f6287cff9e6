import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median } from '../../../src/stats/median.ts';

const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 30 });

describe('median', () => {
  it('is the middle, or the mean of the two in the middle', () => {
    expect(median([7])).toBe(7);
    expect(median([30, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('refuses no numbers, and NaN wherever it stands', () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => median([1, Number.NaN, 3])).toThrow(RangeError);
  });

  it('does not overflow', () => {
    expect(median([Number.MAX_VALUE, Number.MAX_VALUE * 0.99])).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('has as many numbers at or below it as at or above it, and at least half', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values);
        const below = values.filter((value) => value <= middle).length;
        const above = values.filter((value) => value >= middle).length;
        expect(below * 2).toBeGreaterThanOrEqual(values.length);
        expect(above * 2).toBeGreaterThanOrEqual(values.length);
      }),
    );
  });

  it('does not depend on the order and leaves its argument alone', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const before = [...values];
        expect(median(values.toReversed())).toBe(median(values));
        expect(values).toEqual(before);
      }),
    );
  });

  it('moves and grows with its numbers', () => {
    const small = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(small, fc.integer({ min: -1000, max: 1000 }), (values, by) => {
        expect(median(values.map((value) => value + by))).toBeCloseTo(median(values) + by, 6);
        expect(median(values.map((value) => value * by))).toBeCloseTo(median(values) * by, 3);
      }),
    );
  });
});
