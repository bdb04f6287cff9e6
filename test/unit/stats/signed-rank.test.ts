import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hodgesLehmann } from '../../../src/stats/hodges-lehmann.ts';
import { signedRankInterval, signedRankPValue } from '../../../src/stats/signed-rank.ts';
import { evenNoise, exactNumber, exactNumbers, signed, tiedNumbers, withShuffled } from './arbitrary.ts';
import approximate from './golden/signed-rank-approximate.json' with { type: 'json' };
import intervals from './golden/signed-rank-intervals.json' with { type: 'json' };
import pValues from './golden/signed-rank-p-values.json' with { type: 'json' };
import tiesAndZeros from './golden/signed-rank-ties-and-zeros.json' with { type: 'json' };

const tails = fc.constantFrom(0.005, 0.025, 0.05, 0.2);
/** Sizes whose signs are tried in every way: plain, tied, with zeros, all the same. */
const sizes = [
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 1, 1, 2, 2, 3, 3, 3, 3, 4],
  [0, 0, 1, 2, 3, 4, 5, 6, 7],
  [0, 1, 1, 1, 1, 1, 2, 2],
  [5, 5, 5, 5, 5, 5, 5, 5],
  [1, 2, 3, 100, 1000, 1000],
];

describe('the signed-rank interval', () => {
  it('agrees with R', () => {
    for (const { differences, tail, low, high } of intervals) {
      const interval = signedRankInterval(differences, tail);
      expect(interval?.low).toBeCloseTo(low, 12);
      expect(interval?.high).toBeCloseTo(high, 12);
    }
  });

  it('is there from six numbers on at 95 %, from five at 90 %', () => {
    expect(signedRankInterval([1, 2, 3, 4, 5], 0.025)).toBeNull();
    expect(signedRankInterval([1, 2, 3, 4, 5, 6], 0.025)).toEqual({ low: 1, high: 6 });
    expect(signedRankInterval([1, 2, 3, 4], 0.05)).toBeNull();
    expect(signedRankInterval([1, 2, 3, 4, 5], 0.05)).toEqual({ low: 1, high: 5 });
    expect(signedRankInterval([], 0.05)).toBeNull();
  });

  it('takes a tail that is met exactly', () => {
    expect(signedRankInterval([1, 2, 3, 4, 5], 1 / 32)).not.toBeNull();
    expect(signedRankInterval([1, 2, 3, 4, 5], 0.999 / 32)).toBeNull();
  });

  it('refuses NaN and a tail that is none', () => {
    expect(() => signedRankInterval([1, Number.NaN], 0.05)).toThrow(RangeError);
    for (const tail of [0, 0.5, -1, Number.NaN]) expect(() => signedRankInterval([1], tail)).toThrow(RangeError);
  });

  it.each([...sizes.map((of) => ({ of }))])('is wrong no more often than it says, over all signs of $of', ({ of }) => {
    for (const tail of [0.025, 0.05, 0.1, 0.2]) {
      let tooHigh = 0;
      let tooLow = 0;
      for (const differences of signed(of)) {
        const interval = signedRankInterval(differences, tail);
        if (interval !== null && interval.low > 0) tooHigh += 1;
        if (interval !== null && interval.high < 0) tooLow += 1;
      }
      expect(tooHigh / 2 ** of.length).toBeLessThanOrEqual(tail);
      expect(tooLow / 2 ** of.length).toBeLessThanOrEqual(tail);
    }
  });

  it('does not depend on the order; contains the estimate; is wider for a smaller tail', () => {
    fc.assert(
      fc.property(withShuffled(fc.oneof(exactNumbers(0), tiedNumbers(0))), tails, ([values, shuffled], tail) => {
        const interval = signedRankInterval(values, tail);
        expect(signedRankInterval(shuffled, tail)).toEqual(interval);
        if (interval === null) return;
        const estimate = hodgesLehmann(values);
        expect(interval.low).toBeLessThanOrEqual(estimate);
        expect(interval.high).toBeGreaterThanOrEqual(estimate);
        const wider = signedRankInterval(values, tail / 2);
        expect(wider?.low ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(interval.low);
        expect(wider?.high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(interval.high);
      }),
    );
  });

  it('swaps and negates, shifts and scales with its numbers', () => {
    fc.assert(
      fc.property(exactNumbers(8), exactNumber, fc.integer({ min: 1, max: 9 }), tails, (values, by, times, tail) => {
        const interval = signedRankInterval(values, tail);
        const of = (change: (value: number) => number) => signedRankInterval(values.map(change), tail);
        const negated = of((value) => -value);
        expect(negated === null).toBe(interval === null);
        if (interval === null || negated === null) return;
        expect(negated.low).toBeCloseTo(-interval.high, 15);
        expect(negated.high).toBeCloseTo(-interval.low, 15);
        expect(of((value) => value + by)).toEqual({ low: interval.low + by, high: interval.high + by });
        expect(of((value) => value * times)).toEqual({ low: interval.low * times, high: interval.high * times });
      }),
    );
  });

  it('holds a shift exactly where the p-value is above the tail', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -60, max: 60 }), { minLength: 5, maxLength: 25 });
    // Means of two whole numbers never end in .25: no zero, no tie.
    const shifts = fc.integer({ min: -70, max: 70 }).map((whole) => whole + 0.25);
    fc.assert(
      fc.property(distinct, shifts, tails, (values, shift, tail) => {
        const interval = signedRankInterval(values, tail);
        const isBelow = shift < (interval?.low ?? Number.NEGATIVE_INFINITY);
        const isAbove = shift > (interval?.high ?? Number.POSITIVE_INFINITY);
        const negated = values.map((value) => -value);
        expect(signedRankPValue(values, shift) <= tail).toBe(isBelow);
        expect(signedRankPValue(negated, -shift) <= tail).toBe(isAbove);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the signed-rank p-value', () => {
  it('agrees with scipy where there are no ties', () => {
    for (const { differences, p } of pValues) expect(signedRankPValue(differences, 0)).toBeCloseTo(p, 12);
  });

  it('agrees with counting all signs where there are ties and zeros', () => {
    for (const { differences, shift, p } of tiesAndZeros) {
      expect(signedRankPValue(differences, shift)).toBeCloseTo(p, 12);
    }
  });

  it('agrees with scipy where so many numbers are approximated', () => {
    for (const { differences, p } of approximate) expect(signedRankPValue(differences, 0)).toBeCloseTo(p, 10);
  });

  it('is hardly another on either side of the step from exact to approximate', () => {
    const many = evenNoise(101).map((noise) => noise - 0.45);
    const approximated = signedRankPValue(many, 0);
    const exact = signedRankPValue(many.slice(0, 100), 0);
    expect(approximated).toBeGreaterThan(0.001);
    expect(Math.abs(approximated - exact)).toBeLessThan(0.01);
  });

  it('is 1 where there is nothing to go by', () => {
    expect(signedRankPValue([], 0)).toBe(1);
    expect(signedRankPValue([2, 2, 2], 2)).toBe(1);
    expect(
      signedRankPValue(
        Array.from({ length: 150 }, () => 3),
        3,
      ),
    ).toBe(1);
  });

  it('refuses NaN and the infinite', () => {
    expect(() => signedRankPValue([Number.NaN], 0)).toThrow(RangeError);
    expect(() => signedRankPValue([1], Number.NEGATIVE_INFINITY)).toThrow(RangeError);
  });

  it.each([...sizes.map((of) => ({ of }))])('is small no more often than it says, over all signs of $of', ({ of }) => {
    const ps = [...signed(of)].map((differences) => signedRankPValue(differences, 0));
    for (const tail of [0.01, 0.025, 0.05, 0.1, 0.2, 0.5]) {
      expect(ps.filter((p) => p <= tail).length / ps.length).toBeLessThanOrEqual(tail);
    }
  });

  it('lies between 0 and 1, does not depend on the order, shifts and scales with its numbers', () => {
    const values = withShuffled(fc.oneof(exactNumbers(0, 40), tiedNumbers(0, 40)));
    fc.assert(
      fc.property(values, exactNumber, fc.integer({ min: 1, max: 9 }), ([numbers, shuffled], by, times) => {
        const p = signedRankPValue(numbers, 0);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(signedRankPValue(shuffled, 0)).toBe(p);
        expect(
          signedRankPValue(
            numbers.map((value) => value + by),
            by,
          ),
        ).toBe(p);
        expect(
          signedRankPValue(
            numbers.map((value) => value * times),
            0,
          ),
        ).toBe(p);
      }),
    );
  });

  it('and that of the negated numbers are more than 1 together by the chance of this very sum', () => {
    fc.assert(
      fc.property(fc.oneof(exactNumbers(1), tiedNumbers(1)), (values) => {
        const both =
          signedRankPValue(values, 0) +
          signedRankPValue(
            values.map((value) => -value),
            0,
          );
        expect(both).toBeGreaterThan(1 - 1e-12);
      }),
    );
  });
});
