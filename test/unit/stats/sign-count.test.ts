import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signCount } from '../../../src/stats/sign-count.ts';
import { tiedNumbers } from './arbitrary.ts';

it('counts what is below, above and on zero', () => {
  expect(signCount([-1, -0.001, 0, -0, 3, 4, 5])).toEqual({ below: 2, above: 3, equal: 2 });
  expect(signCount([])).toEqual({ below: 0, above: 0, equal: 0 });
});

it('refuses NaN, which is no side', () => {
  expect(() => signCount([1, Number.NaN])).toThrow(RangeError);
});

it('counts every number once, and swaps sides when they are negated', () => {
  fc.assert(
    fc.property(tiedNumbers(0), (values) => {
      const { below, above, equal } = signCount(values);
      expect(below + above + equal).toBe(values.length);
      expect(signCount(values.map((value) => -value))).toEqual({ below: above, above: below, equal });
    }),
  );
});
