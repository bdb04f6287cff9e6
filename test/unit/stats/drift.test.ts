import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drift } from '../../../src/stats/drift.ts';
import { evenNoise, exactNumbers, tiedNumbers } from './arbitrary.ts';
import intervals from './golden/sen-intervals.json' with { type: 'json' };
import slopes from './golden/theil-sen.json' with { type: 'json' };

describe('the drift', () => {
  it('agrees with scipy in its slope', () => {
    for (const { values, slope } of slopes) expect(drift(values)?.slope).toBeCloseTo(slope, 12);
  });

  it('agrees with R in its interval', () => {
    for (const { values, slope, low, high } of intervals) {
      const found = drift(values);
      expect(found?.slope).toBeCloseTo(slope, 12);
      expect(found?.interval === null).toBe(low === null);
      if (low !== null) expect(found?.interval?.low).toBeCloseTo(low, 12);
      if (high !== null) expect(found?.interval?.high).toBeCloseTo(high, 12);
    }
  });

  it('is null below four values, and has an interval from five on', () => {
    expect(drift([1, 2, 3])).toBeNull();
    expect(drift([1, 2, 3, 4])).toEqual({ slope: 1, interval: null });
    expect(drift([1, 2, 3, 4, 5])).toEqual({ slope: 1, interval: { low: 1, high: 1 } });
  });

  it('refuses NaN', () => {
    expect(() => drift([1, Number.NaN])).toThrow(RangeError);
  });

  it('is not led astray by one far-out value', () => {
    expect(drift([0, 1, 2, 3, 400, 5, 6, 7, 8])?.slope).toBe(1);
  });

  it('finds the slope of many values, with an interval around it', () => {
    const found = drift(evenNoise(150).map((noise, index) => index / 100 + noise));
    expect(found?.interval?.low).toBeGreaterThan(0.005);
    expect(found?.interval?.high).toBeLessThan(0.015);
  });

  it('negates with the values and with their order, and does not care where they lie', () => {
    fc.assert(
      fc.property(fc.oneof(exactNumbers(4), tiedNumbers(4)), fc.integer({ min: -99, max: 99 }), (values, by) => {
        const found = drift(values);
        const slope = found?.slope ?? Number.NaN;
        expect(drift(values.toReversed())?.slope).toBeCloseTo(-slope, 12);
        expect(drift(values.map((value) => -value))?.slope).toBeCloseTo(-slope, 12);
        expect(drift(values.map((value) => value + by))).toEqual(found);
        const tilted = drift(values.map((value, index) => value + by * index));
        expect(tilted?.slope).toBeCloseTo(slope + by, 9);
        if (found === null || found.interval === null) return;
        expect(found.interval.low).toBeLessThanOrEqual(slope);
        expect(found.interval.high).toBeGreaterThanOrEqual(slope);
        expect(tilted?.interval?.low).toBeCloseTo(found.interval.low + by, 9);
      }),
    );
  });
});
