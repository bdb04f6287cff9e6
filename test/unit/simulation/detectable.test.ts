import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test, vi } from 'vitest';
import { smallestDetectable } from '../../../src/stats/detectable.ts';
import { signedRankPValue } from '../../../src/stats/signed-rank.ts';
import { logRatios } from '../../../src/verdict/pairs.ts';
import { independent } from './noise-models.ts';
import { measureCell } from './simulated-gates.ts';
import { pairsIn, repeat, shareOf } from './simulated-pairs.ts';

vi.setConfig({ testTimeout: 60_000 });

test.each([6, 8, 10, 15, 20])(
  'the change that %i pairs are said to see is seen about four times out of five',
  (pairs) => {
    const random = xoroshiro128plus(pairs);
    const model = { ...independent, outliers: 0 };
    const change = smallestDetectable(model.own * Math.SQRT2, pairs) ?? Number.NaN;
    const measured = repeat(2000, () => measureCell({ model, scale: 1, slower: Math.expm1(change) }, pairs, random));
    const seen = shareOf(measured, (run) => signedRankPValue(logRatios(pairsIn(run, 'build')), 0) <= 0.05);
    expect(seen).toBeGreaterThan(0.74);
    expect(seen).toBeLessThan(0.84);
  },
);
