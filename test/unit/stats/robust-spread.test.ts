import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { robustSpread } from '../../../src/stats/robust-spread.ts';
import { exactNumber, exactNumbers, withShuffled } from './arbitrary.ts';
import golden from './golden/robust-spread.json' with { type: 'json' };

describe('the robust spread', () => {
  it('agrees with scipy', () => {
    for (const { numbers, spread } of golden) expect(robustSpread(numbers)).toBeCloseTo(spread, 12);
  });

  it('is null below two numbers, and refuses NaN even there', () => {
    expect(robustSpread([])).toBeNull();
    expect(robustSpread([3])).toBeNull();
    expect(() => robustSpread([Number.NaN])).toThrow(RangeError);
  });

  it('is not blown up by one far-out number', () => {
    expect(robustSpread([1, 2, 3, 4, 5])).toBeCloseTo(1.4826, 12);
    expect(robustSpread([1, 2, 3, 4, 1e12])).toBeCloseTo(1.4826, 12);
  });

  it('depends on neither order nor place nor sign, and scales', () => {
    fc.assert(
      fc.property(withShuffled(exactNumbers(2)), exactNumber, fc.nat(9), ([values, shuffled], by, times) => {
        const spread = robustSpread(values) ?? Number.NaN;
        expect(spread).toBeGreaterThanOrEqual(0);
        expect(robustSpread(shuffled)).toBe(spread);
        expect(robustSpread(values.map((value) => by - value))).toBe(spread);
        expect(robustSpread(values.map((value) => value * times))).toBeCloseTo(spread * times, 6);
      }),
    );
  });
});
