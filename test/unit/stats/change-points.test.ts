import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changePoints } from '../../../src/stats/change-points.ts';
import { pettitt } from '../../../src/stats/pettitt.ts';
import { evenNoise, exactNumber, exactNumbers } from './arbitrary.ts';
import nile from './golden/nile.json' with { type: 'json' };

/** A level with some noise that is the same each time. */
function level(height: number, count: number): number[] {
  return evenNoise(count, height).map((noise) => height + noise);
}

describe('change points', () => {
  it('find that the Nile has brought less since 1899', () => {
    const [change, ...others] = changePoints(nile, 0.001, 10);
    expect(change?.at).toBe(1899 - 1871);
    expect(change?.p).toBeLessThan(1e-6);
    expect(others).toEqual([]);
  });

  it('are found one after another, in order of place', () => {
    const values = [...level(0, 15), ...level(10, 15), ...level(30, 15)];
    expect(changePoints(values, 0.01, 4).map((change) => change.at)).toEqual([15, 30]);
  });

  it('are found where a level comes and goes, which a test of the whole does not see', () => {
    const values = [...level(0, 15), ...level(10, 15), ...level(0, 15)];
    expect(pettitt(values, 0, values.length, 4)?.p).toBeGreaterThan(0.05);
    expect(changePoints(values, 0.01, 4).map((change) => change.at)).toEqual([15, 30]);
  });

  it('have the p-value of the test between their neighbours', () => {
    const values = [...level(0, 10), ...level(10, 12), ...level(30, 14)];
    const found = changePoints(values, 0.01, 4);
    expect(found).toEqual([pettitt(values, 0, 22, 4), pettitt(values, 10, 36, 4)]);
  });

  it('are none in a single level, nor where one value alone is far out, nor among equal or few values', () => {
    expect(changePoints(level(100, 60), 0.01, 4)).toEqual([]);
    expect(changePoints([...level(0, 10), 1e6, ...level(0, 10)], 0.05, 4)).toEqual([]);
    expect(changePoints(Array(30).fill(5), 0.5, 3)).toEqual([]);
    expect(changePoints([], 0.05, 3)).toEqual([]);
    expect(changePoints([1, 100], 0.05, 3)).toEqual([]);
  });

  it('refuse NaN, a strange alpha and a level of no values', () => {
    expect(() => changePoints([Number.NaN], 0.05, 3)).toThrow(RangeError);
    expect(() => changePoints([1], 0, 3)).toThrow(RangeError);
    expect(() => changePoints([1], 0.05, 0)).toThrow(RangeError);
  });

  it('are false no more often than alpha says, over all orders of eight values', () => {
    const orders = ordersOf([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const alpha of [0.03, 0.05, 0.1]) {
      const wrong = orders.filter((order) => changePoints(order, alpha, 2).length > 0).length;
      expect(wrong / orders.length).toBeLessThanOrEqual(alpha);
    }
  });

  it('depend on the order of sizes alone, and leave levels long enough', () => {
    fc.assert(
      fc.property(exactNumbers(0, 40), exactNumber, fc.integer({ min: 1, max: 6 }), (values, by, least) => {
        const found = changePoints(values, 0.2, least);
        expect(
          changePoints(
            values.map((value) => value ** 3 + by),
            0.2,
            least,
          ),
        ).toEqual(found);
        expect(
          changePoints(
            values.map((value) => -value),
            0.2,
            least,
          ),
        ).toEqual(found);
        const edges = [0, ...found.map((change) => change.at), values.length];
        if (found.length === 0) return;
        for (const [index, edge] of edges.slice(1).entries()) {
          expect(edge - (edges[index] ?? 0)).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });
});

function ordersOf(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((first) => ordersOf(values.filter((value) => value !== first)).map((rest) => [first, ...rest]));
}
