import { expect, test } from 'vitest';
import { defaultMargin } from '../../../src/verdict/margin.ts';
import { noiseFloor } from '../../../src/verdict/noise-floor.ts';
import { type Gated, recommendGates } from '../../../src/verdict/recommended-gates.ts';
import { around, pairsWith, type Times } from './paired-run.ts';

function gated(times: readonly Times[]): Gated {
  const pairs = pairsWith(times);
  const floor = noiseFloor('code-edit', 'build', pairs) ?? expect.fail('no floor');
  return { floor, pairs: { metric: 'code-edit.build', margin: defaultMargin, pairs } };
}

test('a family that raises alarms gets one per cent more at a time, until it raises them in one of twenty at most', () => {
  // With the pairs as the only way there is, what is 12 % slower is a false alarm up to a margin of that.
  const { gates, rates, holds } = recommendGates([gated(around(1.12, 20))], [[]]);
  expect(gates).toMatchObject([{ because: 'false-alarms' }]);
  expect(gates[0]?.share).toBeGreaterThanOrEqual(0.11);
  expect(gates[0]?.share).toBeLessThanOrEqual(0.13);
  expect(rates).toMatchObject({ once: 0, confirmed: 0 });
  expect(holds).toBe(true);
});

test('one in twenty is not too many', () => {
  const never = Array.from({ length: 20 }, () => true);
  const ways = [[], ...Array.from({ length: 19 }, () => never)];
  const { gates, rates } = recommendGates([gated(around(1.12, 20))], ways);
  expect(gates).toMatchObject([{ share: 0.05, because: 'least' }]);
  expect(rates.once).toBe(0.05);
});

test('where no margin helps, it is said', () => {
  expect(recommendGates([gated(around(3, 20))], [[]])).toMatchObject({ holds: false, gates: [{ share: 1.05 }] });
});
