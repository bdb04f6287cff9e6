import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hodgesLehmann } from '../../../src/stats/hodges-lehmann.ts';
import { exactNumber, exactNumbers, tiedNumbers, withShuffled } from './arbitrary.ts';
import golden from './golden/signed-rank-intervals.json' with { type: 'json' };

describe('the Hodges–Lehmann estimate', () => {
  it('agrees with R', () => {
    for (const { differences, estimate } of golden) expect(hodgesLehmann(differences)).toBeCloseTo(estimate, 12);
  });

  it('is hardly moved by one number that is far out', () => {
    expect(hodgesLehmann([1, 2, 3, 4, 5])).toBe(3);
    expect(hodgesLehmann([1, 2, 3, 4, 1e9])).toBe(3);
    expect(hodgesLehmann([7])).toBe(7);
    expect(hodgesLehmann([1, 4])).toBe(2.5);
  });

  it('refuses no numbers, NaN and the infinite', () => {
    expect(() => hodgesLehmann([])).toThrow(RangeError);
    expect(() => hodgesLehmann([1, Number.NaN])).toThrow(RangeError);
    expect(() => hodgesLehmann([Number.POSITIVE_INFINITY, 1])).toThrow(RangeError);
  });

  it('does not overflow', () => {
    expect(hodgesLehmann([Number.MAX_VALUE, Number.MAX_VALUE])).toBe(Number.MAX_VALUE);
  });

  it('does not depend on the order, and leaves its argument alone', () => {
    fc.assert(
      fc.property(withShuffled(exactNumbers(1)), ([values, shuffled]) => {
        const before = [...values];
        expect(hodgesLehmann(shuffled)).toBe(hodgesLehmann(values));
        expect(values).toEqual(before);
      }),
    );
  });

  it('negates, shifts and scales with its numbers', () => {
    fc.assert(
      fc.property(fc.oneof(exactNumbers(1), tiedNumbers(1)), exactNumber, fc.nat(9), (values, by, times) => {
        const estimate = hodgesLehmann(values);
        expect(hodgesLehmann(values.map((value) => -value))).toBeCloseTo(-estimate, 15);
        expect(hodgesLehmann(values.map((value) => value + by))).toBe(estimate + by);
        expect(hodgesLehmann(values.map((value) => value * times))).toBeCloseTo(estimate * times, 15);
      }),
    );
  });
});
