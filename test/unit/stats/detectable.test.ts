import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairsNeeded, smallestDetectable } from '../../../src/stats/detectable.ts';
import golden from './golden/detectable.json' with { type: 'json' };

const spreads = fc.double({ min: 0.001, max: 0.5, noNaN: true });

describe('the smallest change that can be seen', () => {
  it('is within 1.5 % of the exact power of a paired t test', () => {
    for (const { pairs, shift } of golden.filter((row) => row.pairs >= 4)) {
      expect(Math.abs((smallestDetectable(1, pairs) ?? 0) / shift - 1)).toBeLessThan(0.015);
    }
  });

  /* In percent, by the spread of the ln ratios (rows, in percent) and the pairs 5, 6, 8, 10, 12, 16, 20, 30; from the exact power. */
  it.each([
    [2, [2.8, 2.4, 2.0, 1.7, 1.5, 1.3, 1.2, 0.9]],
    [5, [7.0, 6.1, 5.0, 4.4, 3.9, 3.3, 2.9, 2.4]],
    [7, [10.0, 8.7, 7.1, 6.2, 5.5, 4.7, 4.1, 3.3]],
    [10, [14.6, 12.6, 10.3, 8.9, 8.0, 6.7, 5.9, 4.8]],
    [15, [22.6, 19.5, 15.8, 13.6, 12.2, 10.3, 9.0, 7.2]],
    [20, [31.2, 26.8, 21.6, 18.6, 16.6, 13.9, 12.2, 9.7]],
  ])('as a share, is that of the table of the design for a spread of %s %%', (spread, shares) => {
    for (const [index, pairs] of [5, 6, 8, 10, 12, 16, 20, 30].entries()) {
      const share = 100 * Math.expm1(smallestDetectable(spread / 100, pairs) ?? Number.NaN);
      const expected = shares[index] ?? Number.NaN;
      expect(Math.abs(share - expected)).toBeLessThan(0.05 + 0.015 * expected);
    }
  });

  it('is nothing where nothing varies, and unknown below two pairs', () => {
    expect(smallestDetectable(0, 6)).toBe(0);
    expect(smallestDetectable(0.05, 1)).toBeNull();
    expect(() => smallestDetectable(-1, 6)).toThrow(RangeError);
    expect(() => smallestDetectable(Number.NaN, 6)).toThrow(RangeError);
  });

  it('scales with the spread and shrinks with the pairs', () => {
    fc.assert(
      fc.property(spreads, fc.integer({ min: 2, max: 100 }), (spread, pairs) => {
        const seen = smallestDetectable(spread, pairs) ?? Number.NaN;
        expect(smallestDetectable(spread * 2, pairs)).toBeCloseTo(seen * 2, 9);
        expect(smallestDetectable(spread, pairs + 1)).toBeLessThan(seen);
      }),
    );
  });
});

describe('the pairs that are needed', () => {
  it('are the fewest that see the change', () => {
    fc.assert(
      fc.property(spreads, fc.double({ min: 0.01, max: 1, noNaN: true }), (spread, shift) => {
        const pairs = pairsNeeded(spread, shift, 200);
        if (pairs === null) {
          expect(smallestDetectable(spread, 200)).toBeGreaterThan(shift);
          return;
        }
        expect(smallestDetectable(spread, pairs)).toBeLessThanOrEqual(shift);
        if (pairs > 2) expect(smallestDetectable(spread, pairs - 1)).toBeGreaterThan(shift);
        expect(pairsNeeded(spread, -shift, 200)).toBe(pairs);
      }),
    );
  });

  it('are two at least, and null where the most is not enough', () => {
    expect(pairsNeeded(0, 0.1, 20)).toBe(2);
    expect(pairsNeeded(0.05, Math.log(1.05), 20)).toBe(9);
    expect(pairsNeeded(0.05, 0, 1000)).toBeNull();
    expect(pairsNeeded(0.5, 0.05, 20)).toBeNull();
    expect(pairsNeeded(0, 0.1, 1)).toBeNull();
    expect(() => pairsNeeded(0.1, Number.NaN, 20)).toThrow(RangeError);
  });
});
