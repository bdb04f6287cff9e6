import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test, vi } from 'vitest';
import { fewestPairs } from '../../../src/verdict/gate-rule.ts';
import { mostRounds } from '../../../src/verdict/until.ts';
import { noiseModels } from './noise-models.ts';
import { signedRank } from './other-tests.ts';
import { roundsMade } from './rounds-made.ts';
import { holds } from './simulated-changes.ts';
import { type Cell, measureCell } from './simulated-gates.ts';
import { pairsIn, repeat, shareOf } from './simulated-pairs.ts';

vi.setConfig({ testTimeout: 60_000 });

test.each(noiseModels)(
  'under the noise $name, a run that ends when it knows enough has intervals that hold',
  (model) => {
    const random = xoroshiro128plus(4);
    const cell: Cell = { model, scale: 1, slower: 0.1 };
    const ended = repeat(800, () => {
      const measured = measureCell(cell, mostRounds, random);
      return pairsIn(measured.slice(0, roundsMade(measured, 0.05)), 'release');
    });
    expect(new Set(ended.map(({ length }) => length)).size).toBeGreaterThan(2);
    expect(shareOf(ended, (pairs) => holds(signedRank.of(pairs), Math.log(1.1)))).toBeGreaterThan(0.92);
  },
);

test.each(noiseModels)('under the noise $name, one that ends when it likes what it sees would not', (model) => {
  const random = xoroshiro128plus(5);
  const found = repeat(1000, () => {
    const pairs = pairsIn(measureCell({ model, scale: 1, slower: 0 }, mostRounds, random), 'build');
    const counts = Array.from({ length: mostRounds - fewestPairs + 1 }, (_, index) => index + fewestPairs);
    return counts.some((count) => !holds(signedRank.of(pairs.slice(0, count)), 0));
  });
  expect(shareOf(found, (isFound) => isFound)).toBeGreaterThan(0.12);
});
