import { describe, expect, it } from 'vitest';
import { changeText, sizeText } from '../../../src/report/ci-metric.ts';
import { factChange } from '../../../src/verdict/fact-change.ts';
import { defaultMargin } from '../../../src/verdict/margin.ts';
import { timeChange } from '../../../src/verdict/time-change.ts';
import { pairsWith, type Times } from '../verdict/paired-run.ts';

const times = (ratio: number, count = 6) =>
  timeChange(pairsWith(Array.from({ length: count }, (): Times => [1000, 1000 * ratio])), defaultMargin);

describe('a change as a text', () => {
  it.each([
    [1.48, '+48 % [+48 %, +48 %]'],
    [0.5, '−50 % [−50 %, −50 %]'],
    [1, '0 % [0 %, 0 %]'],
    // From here on a share says little.
    [20, '×20.0 [×20.0, ×20.0]'],
    [0.05, '×0.05 [×0.05, ×0.05]'],
  ])('of times, ×%d', (ratio, text) => {
    expect(changeText(times(ratio))).toBe(text);
    expect(text.startsWith(sizeText(times(ratio)))).toBe(true);
  });

  it('has no interval where there are too few pairs', () => {
    expect(changeText(times(1.48, 5))).toBe('+48 %');
  });

  it.each<[number[], number[], string]>([
    [[5000], [5000], '0 %'],
    [[5000], [22_800_000], '×>999'],
    [[22_800_000], [5000], '×<0.001'],
    [[100, 102], [201, 203], '+100 %'],
    [[100, 110], [105, 115], 'varies'],
    [[0], [3], '–'],
    [[], [3], '–'],
  ])('of facts, %j to %j', (base, head, text) => {
    expect(changeText(factChange(base, head))).toBe(text);
  });
});
