import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderEffect } from '../../../src/stats/order-effect.ts';
import { evenNoise, exactNumber, exactNumbers, tiedNumbers, withShuffled } from './arbitrary.ts';
import golden from './golden/mann-whitney-intervals.json' with { type: 'json' };

describe('the order effect', () => {
  it('agrees with R', () => {
    for (const { one, other, shift, low, high } of golden) {
      const effect = orderEffect(one, other);
      expect(effect?.shift).toBeCloseTo(shift, 12);
      expect(effect?.interval?.low).toBeCloseTo(low, 12);
      expect(effect?.interval?.high).toBeCloseTo(high, 12);
    }
  });

  it('is null without a group, and has no interval from three against three', () => {
    expect(orderEffect([], [1, 2])).toBeNull();
    expect(orderEffect([1, 2], [])).toBeNull();
    expect(orderEffect([3], [1])).toEqual({ shift: 2, interval: null });
    expect(orderEffect([4, 5, 6], [1, 2, 3])).toEqual({ shift: 3, interval: null });
    expect(orderEffect([14, 15, 16, 17], [1, 2, 3, 4])).toEqual({ shift: 13, interval: { low: 10, high: 16 } });
  });

  it('refuses NaN', () => {
    expect(() => orderEffect([], [Number.NaN])).toThrow(RangeError);
  });

  it('says much the same of so many numbers that it approximates', () => {
    const numbers = evenNoise(51);
    const exact = orderEffect(
      numbers.slice(1),
      numbers.slice(1).map((number) => number - 1),
    );
    const approximated = orderEffect(
      numbers,
      numbers.map((number) => number - 1),
    );
    expect(approximated?.interval?.low).toBeCloseTo(exact?.interval?.low ?? 0, 1);
    expect(approximated?.interval?.high).toBeCloseTo(exact?.interval?.high ?? 0, 1);
  });

  it('does not depend on the order within a group; the interval contains the estimate', () => {
    const group = fc.oneof(exactNumbers(1, 12), tiedNumbers(1, 12));
    fc.assert(
      fc.property(withShuffled(group), group, ([one, shuffled], other) => {
        const effect = orderEffect(one, other);
        expect(orderEffect(shuffled, other)).toEqual(effect);
        expect(effect).not.toBeNull();
        if (effect === null || effect.interval === null) return;
        expect(effect.interval.low).toBeLessThanOrEqual(effect.shift);
        expect(effect.interval.high).toBeGreaterThanOrEqual(effect.shift);
      }),
    );
  });

  it('negates when the groups change places, and shifts with one of them', () => {
    fc.assert(
      fc.property(exactNumbers(4, 12), exactNumbers(4, 12), exactNumber, (one, other, by) => {
        const effect = orderEffect(one, other);
        const back = orderEffect(other, one);
        const moved = orderEffect(
          one.map((value) => value + by),
          other,
        );
        expect(back?.shift).toBeCloseTo(-(effect?.shift ?? Number.NaN), 15);
        expect(back?.interval?.low).toBeCloseTo(-(effect?.interval?.high ?? Number.NaN), 15);
        expect(moved?.shift).toBe((effect?.shift ?? Number.NaN) + by);
        expect(moved?.interval?.low).toBe((effect?.interval?.low ?? Number.NaN) + by);
      }),
    );
  });
});
