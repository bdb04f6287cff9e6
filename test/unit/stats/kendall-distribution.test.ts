import { expect, it } from 'vitest';
import { kendallDistribution } from '../../../src/stats/kendall-distribution.ts';

function ordersOf(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((first) => ordersOf(values.filter((value) => value !== first)).map((rest) => [first, ...rest]));
}

it.each([1, 2, 4, 6, 7])('counts the falling pairs over all orders of %s numbers', (count) => {
  const orders = ordersOf(Array.from({ length: count }, (_, index) => index));
  const falling = orders.map((order) =>
    order.reduce((sum, value, index) => sum + order.slice(index + 1).filter((later) => later < value).length, 0),
  );
  const cumulative = kendallDistribution(count);
  expect(cumulative.length).toBe((count * (count - 1)) / 2 + 1);
  for (const [pairs, chance] of cumulative.entries()) {
    expect(chance).toBeCloseTo(falling.filter((number) => number <= pairs).length / orders.length, 12);
  }
});
