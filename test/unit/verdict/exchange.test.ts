import { expect, test } from 'vitest';
import { exchanged, exchanges } from '../../../src/verdict/exchange.ts';

test('of few pairs, every way to exchange their halves is there once', () => {
  const ways = exchanges(6, 2000, 1);
  expect(new Set(ways.map((way) => way.map(Number).join(''))).size).toBe(64);
  expect(ways).toHaveLength(64);
  expect(ways.every((way) => way.length === 6)).toBe(true);
});

test('of many pairs there are so many random ways, the same for the same seed, each pair exchanged in half of them', () => {
  const ways = exchanges(20, 2000, 7);
  expect(ways).toHaveLength(2000);
  expect(exchanges(20, 2000, 7)).toEqual(ways);
  expect(exchanges(20, 2000, 8)).not.toEqual(ways);
  for (let pair = 0; pair < 20; pair += 1) {
    const turned = ways.filter((way) => way[pair] === true).length;
    // Five standard deviations of a fair coin.
    expect(Math.abs(turned - 1000)).toBeLessThan(5 * Math.sqrt(500));
  }
});

test('an exchanged pair has its times and its order the other way round', () => {
  const pair = { round: 1, repeat: 3, baselineFirst: true, baseline: 5, variant: 8 };
  expect(exchanged(pair)).toEqual({ round: 1, repeat: 3, baselineFirst: false, baseline: 8, variant: 5 });
  expect(exchanged(exchanged(pair))).toEqual(pair);
});
