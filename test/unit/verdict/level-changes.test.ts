import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { levelChanges } from '../../../src/verdict/level-changes.ts';

const random = xoroshiro128plus(20261123);
/** About normal with a standard deviation of 5 %, as the medians of runs on a quiet machine: the sum of twelve uniform numbers. */
function medianOfRun(): number {
  let sum = 0;
  for (let part = 0; part < 12; part += 1) sum += uniformInt(random, 0, 1_000_000) / 1_000_000;
  return 10_000 * Math.exp(0.05 * (sum - 6));
}

function histories(count: number, length: number, factor: (at: number) => number): number[][] {
  const history = (): number[] => Array.from({ length }, (_, at) => medianOfRun() * factor(at));
  return Array.from({ length: count }, () => levelChanges(history()).map(({ at }) => at));
}

function shareOf(all: readonly number[][], holds: (places: readonly number[]) => boolean): number {
  return all.filter(holds).length / all.length;
}

describe('levelChanges', () => {
  it.each([8, 12, 20, 40])('shows a change in at most one of twenty histories of %d runs without one', (length) => {
    const shown = shareOf(
      histories(300, length, () => 1),
      (places) => places.length > 0,
    );
    // 5 % and two standard errors of 300 histories.
    expect(shown).toBeLessThan(0.075);
  });

  it('finds a slow-down of 20 %, where it happened', () => {
    const found = histories(200, 20, (at) => (at < 10 ? 1 : 1.2));
    expect(shareOf(found, ([at = 0]) => Math.abs(at - 10) <= 1)).toBeGreaterThan(0.85);
  });

  it('finds a slow spell of six runs among twenty, though the last runs are as fast as the first', () => {
    const found = histories(200, 20, (at) => (at < 8 || at >= 14 ? 1 : 1.2));
    const isSpell = ([from = 0, to = 0]: readonly number[]): boolean =>
      Math.abs(from - 8) <= 1 && Math.abs(to - 14) <= 1;
    expect(shareOf(found, isSpell)).toBeGreaterThan(0.75);
  });

  it('moves a change that was seen early to where all values say that it is', () => {
    const values = [
      ...Array.from({ length: 10 }, (_, at) => 100 + at),
      ...Array.from({ length: 10 }, (_, at) => 200 + at),
    ];
    expect(levelChanges(values).filter(({ at }) => at === 10)).toHaveLength(1);
  });

  it('has nothing to say of few values, or of equal ones', () => {
    expect(levelChanges([])).toEqual([]);
    expect(levelChanges([1, 2, 3, 9, 9])).toEqual([]);
    expect(levelChanges(Array.from({ length: 30 }, () => 5))).toEqual([]);
  });
});
