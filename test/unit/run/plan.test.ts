import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lapAfterLap, planTurns } from '../../../src/run/plan.ts';

const kinds = ['first', 'code-edit'] as const;

test('the same seed gives the same plan, another seed another one', () => {
  const plan = (seed: number): unknown => planTurns({ rounds: 10, kinds, variants: ['a', 'b', 'c'], seed });
  expect(plan(1)).toEqual(plan(1));
  expect(plan(1)).not.toEqual(plan(2));
});

test('every round runs each kind of each variant once, kind by kind', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 5 }), fc.integer(), (rounds, count, seed) => {
      const variants = Array.from({ length: count }, (_, index) => `v${index}`);
      const turns = planTurns({ rounds, kinds, variants, seed });
      expect(turns).toHaveLength(rounds * kinds.length * count);
      for (let round = 1; round <= rounds; round += 1) {
        const own = turns.filter((turn) => turn.round === round);
        expect(own.map((turn) => turn.kind)).toEqual([
          ...variants.map(() => 'first'),
          ...variants.map(() => 'code-edit'),
        ]);
        for (const kind of kinds) {
          const taken = own.filter((turn) => turn.kind === kind).map((turn) => turn.variant);
          expect(taken.toSorted((left, right) => left.localeCompare(right))).toEqual(variants);
        }
      }
    }),
  );
});

test('over every two rounds each of two variants goes first once', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const turns = planTurns({ rounds: 8, kinds, variants: ['a', 'b'], seed });
      const firstOf = (round: number, kind: string): string | undefined =>
        turns.find((turn) => turn.round === round && turn.kind === kind)?.variant;
      for (const round of [1, 3, 5, 7]) {
        for (const kind of kinds) expect(firstOf(round, kind)).not.toBe(firstOf(round + 1, kind));
      }
    }),
  );
});

test('over many seeds each variant goes first about as often', () => {
  const firsts = Array.from(
    { length: 400 },
    (_, seed) => planTurns({ rounds: 1, kinds: ['first'], variants: ['a', 'b'], seed })[0]?.variant,
  );
  const share = firsts.filter((variant) => variant === 'a').length / firsts.length;
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
});

test('repeats of a kind lie next to each other, deploy by deploy, each in the reverse order of the one before', () => {
  const turns = planTurns({ rounds: 1, kinds, variants: ['a', 'b'], repeats: { 'code-edit': 4 }, seed: 3 });
  const edits = turns.filter((turn) => turn.kind === 'code-edit');
  expect(turns.filter((turn) => turn.kind === 'first')).toHaveLength(2);
  expect(edits.map((turn) => turn.repeat)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  const [x, y] = edits.map((turn) => turn.variant);
  expect(edits.map((turn) => turn.variant)).toEqual([x, y, y, x, ...edits.slice(4).map((turn) => turn.variant)]);
  expect(edits[4]?.variant).not.toBe(edits[6]?.variant);
});

test('lap after lap: a variant goes through all of its kinds before the next begins, in the order of the first deploys', () => {
  const planned = planTurns({ rounds: 2, kinds, variants: ['a', 'b', 'c'], repeats: { 'code-edit': 2 }, seed: 5 });
  const turns = lapAfterLap(planned);
  expect(turns).toHaveLength(planned.length);
  for (const round of [1, 2]) {
    const own = turns.filter((turn) => turn.round === round);
    const order = planned.filter((turn) => turn.round === round && turn.kind === 'first').map(({ variant }) => variant);
    expect(own.map(({ variant }) => variant)).toEqual(order.flatMap((variant) => [variant, variant, variant]));
    expect(own.slice(0, 3).map(({ kind, repeat }) => [kind, repeat])).toEqual([
      ['first', 1],
      ['code-edit', 1],
      ['code-edit', 2],
    ]);
  }
});
