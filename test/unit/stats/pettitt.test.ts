import { describe, expect, it } from 'vitest';
import { pettitt } from '../../../src/stats/pettitt.ts';
import golden from './golden/pettitt.json' with { type: 'json' };

describe('Pettitt’s test', () => {
  it('finds the place that his definition says, with a p-value between the exact one and his approximation', () => {
    for (const { values, least, at, exact, approximate } of golden) {
      const found = pettitt(values, 0, values.length, least);
      expect(found?.at).toBe(at);
      expect(found?.p).toBeGreaterThanOrEqual(exact - 1e-12);
      expect(found?.p).toBeLessThanOrEqual(approximate + 1e-12);
    }
  });

  it('is exact where only one place can be as strong', () => {
    // Two of the 70 ways to choose four of eight.
    expect(pettitt([1, 2, 3, 4, 11, 12, 13, 14], 0, 8, 3)).toEqual({ at: 4, p: expect.closeTo(2 / 70, 12) });
    expect(pettitt([1, 2, 3, 11, 12, 13], 0, 6, 3)).toEqual({ at: 3, p: expect.closeTo(2 / 20, 12) });
  });

  it('looks at a part of the values alone', () => {
    const values = [99, -99, 1, 2, 3, 4, 11, 12, 13, 14, 99];
    expect(pettitt(values, 2, 10, 3)).toEqual({ at: 6, p: expect.closeTo(2 / 70, 12) });
    expect(pettitt(values, 2, 7, 3)).toBeNull();
  });

  it('sees nothing in equal values', () => {
    expect(pettitt(Array(30).fill(5), 0, 30, 3)?.p).toBe(1);
    expect(pettitt(Array(60).fill(5), 0, 60, 3)?.p).toBe(1);
  });
});
