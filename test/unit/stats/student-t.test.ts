import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentQuantile } from '../../../src/stats/student-t.ts';
import golden from './golden/student-t.json' with { type: 'json' };

describe('quantiles of Student’s t', () => {
  it('agree with R in ten digits', () => {
    for (const { probability, degrees, quantile } of golden) {
      expect(Math.abs(studentQuantile(probability, degrees) / quantile - 1)).toBeLessThan(1e-10);
    }
  });

  it('are known in closed form for one and two degrees', () => {
    expect(studentQuantile(0.75, 1)).toBeCloseTo(1, 12);
    expect(studentQuantile(0.9, 2)).toBeCloseTo(0.8 / Math.sqrt(2 * 0.9 * 0.1), 12);
    expect(studentQuantile(0.5, 7)).toBe(0);
  });

  it('refuse what has none', () => {
    for (const probability of [0, 1, -0.1, Number.NaN]) {
      expect(() => studentQuantile(probability, 3)).toThrow(RangeError);
    }
    for (const degrees of [0, -1, 1.5, Number.NaN]) expect(() => studentQuantile(0.9, degrees)).toThrow(RangeError);
  });

  it('grow with the probability, shrink with the degrees, and are symmetric', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.51, max: 0.98, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (probability, degrees) => {
          const quantile = studentQuantile(probability, degrees);
          expect(studentQuantile(probability + 0.01, degrees)).toBeGreaterThan(quantile);
          expect(studentQuantile(probability, degrees + 1)).toBeLessThan(quantile);
          expect(studentQuantile(1 - probability, degrees)).toBeCloseTo(-quantile, 9);
        },
      ),
    );
  });
});
