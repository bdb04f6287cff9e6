import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outliers } from '../../../src/stats/outliers.ts';
import { exactNumber, exactNumbers } from './arbitrary.ts';

describe('outliers', () => {
  it('are those whose modified z is above 3.5', () => {
    // Median 10, median distance 1: 3.5 / 0.6745 is 5.189.
    expect(outliers([8, 9, 9, 10, 10, 10, 11, 11, 15.18])).toEqual(Array(9).fill(false));
    expect(outliers([8, 9, 9, 10, 10, 10, 11, 11, 15.2])).toEqual([...Array(8).fill(false), true]);
    expect(outliers([4.8, 9, 9, 10, 10, 10, 11, 11, 12])).toEqual([true, ...Array(8).fill(false)]);
  });

  it('are measured by the mean distance where more than half are equal', () => {
    expect(outliers([5, 5, 5, 5, 5, 9])).toEqual([false, false, false, false, false, true]);
    expect(outliers([1, 1, 1, 2, 3])).toEqual(Array(5).fill(false));
  });

  it('are none among no numbers, one, two, or equal ones', () => {
    expect(outliers([])).toEqual([]);
    expect(outliers([4])).toEqual([false]);
    expect(outliers([4, 400])).toEqual([false, false]);
    expect(outliers([4, 4, 4])).toEqual([false, false, false]);
  });

  it('are sought among numbers only', () => {
    expect(() => outliers([1, Number.NaN])).toThrow(RangeError);
  });

  it('are the same ones wherever and however large the numbers lie; fewer than half', () => {
    fc.assert(
      fc.property(exactNumbers(1), exactNumber, (values, by) => {
        const marks = outliers(values);
        expect(marks.length).toBe(values.length);
        expect(outliers(values.map((value) => by - value))).toEqual(marks);
        expect(outliers(values.map((value) => value * 4))).toEqual(marks);
        expect(outliers(values.toReversed())).toEqual(marks.toReversed());
        expect(marks.filter(Boolean).length * 2).toBeLessThan(values.length);
      }),
    );
  });
});
