import { expect, it } from 'vitest';
import { mannWhitneyDistribution } from '../../../src/stats/mann-whitney-distribution.ts';
import { rankCut } from '../../../src/stats/rank-cut.ts';
import golden from './golden/mann-whitney-critical-values.json' with { type: 'json' };

it('critical values of Mann and Whitney’s statistic are those of R, whichever group is named first', () => {
  for (const { one, other, largest } of golden) {
    expect(rankCut(mannWhitneyDistribution(one, other), 0.025)).toBe(largest);
    expect(rankCut(mannWhitneyDistribution(other, one), 0.025)).toBe(largest);
  }
});

it('a chance that is the tail exactly counts: one of forty', () => {
  expect(mannWhitneyDistribution(1, 39)[0]).toBe(0.025);
});

it('one against one is either way round', () => {
  expect([...mannWhitneyDistribution(1, 1)]).toEqual([0.5, 1]);
});
