import { expect, it } from 'vitest';
import { normalBelow, normalQuantile } from '../../../src/stats/normal.ts';
import golden from './golden/normal.json' with { type: 'json' };

it('the normal distribution agrees with scipy, and its quantile is the inverse', () => {
  for (const { z, below } of golden) {
    expect(normalBelow(z)).toBeCloseTo(below, 14);
    if (Math.abs(z) <= 4) expect(normalQuantile(below)).toBeCloseTo(z, 9);
  }
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  expect(normalBelow(50)).toBe(1);
  expect(normalBelow(-50)).toBe(0);
});
