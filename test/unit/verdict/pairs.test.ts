import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/results/sample.ts';
import { timeOf } from '../../../src/verdict/metric-value.ts';
import { differences, logRatios, type Pair, pairsOf, withRatio } from '../../../src/verdict/pairs.ts';
import { codeEdit, pairOfSamples, pairsWith } from './paired-run.ts';

const of = { kind: 'code-edit', baseline: 'before', variant: 'after' };
const buildPairs = (samples: readonly Sample[]): Pair[] => pairsOf(samples, of, (sample) => timeOf(sample, 'build'));

describe('pairsOf', () => {
  it('pairs by round and repeat, in their order, whatever the order of the samples', () => {
    const samples = [
      ...pairOfSamples([30, 31], 2, { repeat: 2 }),
      ...pairOfSamples([20, 21], 2),
      ...pairOfSamples([10, 11], 1).toReversed(),
    ];
    expect(buildPairs(samples)).toEqual([
      { round: 1, repeat: 1, baselineFirst: true, baseline: 10, variant: 11 },
      { round: 2, repeat: 1, baselineFirst: true, baseline: 20, variant: 21 },
      { round: 2, repeat: 2, baselineFirst: true, baseline: 30, variant: 31 },
    ]);
  });

  it('tells who went first by the order of the deploys', () => {
    const [before, after] = pairOfSamples([10, 11], 1);
    const pairs = [before, after].flatMap((sample) =>
      sample === undefined ? [] : [{ ...sample, order: sample.variant === 'after' ? 7 : 8 }],
    );
    expect(buildPairs(pairs)[0]?.baselineFirst).toBe(false);
  });

  it('takes the last attempt of each, also where that one failed', () => {
    const wrong = codeEdit('before', { phases: { build: 1 } }, { outcome: 'wrong-state' });
    const again = codeEdit('before', { phases: { build: 10 } }, { attempt: 2 });
    const after = codeEdit('after', { phases: { build: 11 } });
    expect(buildPairs([wrong, again, after])).toMatchObject([{ baseline: 10, variant: 11 }]);
    expect(buildPairs([wrong, { ...again, outcome: 'wrong-state' }, after])).toEqual([]);
  });

  it('makes no pair of one side, of a failed one, of one without the number, or of other kinds and variants', () => {
    const [before, after] = [
      codeEdit('before', { phases: { build: 10 } }),
      codeEdit('after', { phases: { build: 11 } }),
    ];
    expect(buildPairs([before])).toEqual([]);
    expect(buildPairs([after])).toEqual([]);
    expect(buildPairs([before, { ...after, outcome: 'never-ready' }])).toEqual([]);
    expect(buildPairs([before, codeEdit('after', { phases: { pull: 11 } })])).toEqual([]);
    expect(buildPairs([before, { ...after, kind: 'first' }])).toEqual([]);
    expect(buildPairs([before, { ...after, variant: 'other' }])).toEqual([]);
    expect(buildPairs([before, { ...after, repeat: 2 }])).toEqual([]);
  });

  it('keeps tainted deploys', () => {
    expect(buildPairs(pairOfSamples([10, 11], 1, { tainted: ['retried'] }))).toHaveLength(1);
  });

  it('has no pair of a number that is not one', () => {
    expect(buildPairs(pairOfSamples([Number.NaN, 11], 1))).toEqual([]);
  });
});

describe('numbers of pairs', () => {
  it('have a ratio only where both are above 0', () => {
    expect(
      withRatio(
        pairsWith([
          [0, 5],
          [5, 0],
          [0, 0],
          [-1, 5],
          [Number.NaN, 5],
          [5, 6],
        ]),
      ),
    ).toMatchObject([{ baseline: 5, variant: 6 }]);
  });

  it('are logarithms of ratios and differences, and change nothing but their sign with the variants swapped', () => {
    const times = [
      [10, 12.3],
      [7, 5.1],
    ] as const;
    const swapped = times.map(([one, other]) => [other, one] as const);
    expect(logRatios(pairsWith(times))[0]).toBeCloseTo(Math.log(1.23), 12);
    expect(differences(pairsWith(times))[0]).toBeCloseTo(2.3, 12);
    expect(logRatios(pairsWith(swapped))).toEqual(logRatios(pairsWith(times)).map((each) => -each));
    expect(differences(pairsWith(swapped))).toEqual(differences(pairsWith(times)).map((each) => -each));
  });
});
