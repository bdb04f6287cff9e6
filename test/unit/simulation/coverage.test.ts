import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it, vi } from 'vitest';
import type { TimeChange } from '../../../src/verdict/time-change.ts';
import { noiseModels } from './noise-models.ts';
import { signedRank } from './other-tests.ts';
import { exactLevel, holds, reportedChanges } from './simulated-changes.ts';
import { measureCell } from './simulated-gates.ts';
import { pairsIn, repeat, shareOf } from './simulated-pairs.ts';

vi.setConfig({ testTimeout: 60_000 });

const runs = 2000;
/** Four standard errors of a share near 95 % in so many runs. */
const tolerance = 4 * Math.sqrt((0.95 * 0.05) / runs);

describe.each(noiseModels)('under the noise $name', (model) => {
  it.each([6, 8, 10, 12, 16, 20])('the interval of %i pairs holds the truth as often as it says', (count) => {
    const random = xoroshiro128plus(count);
    const cell = { model, scale: 1, slower: 0.1 };
    const intervals = repeat(runs, () => signedRank.of(pairsIn(measureCell(cell, count, random), 'build')));
    const coverage = shareOf(intervals, (interval) => holds(interval, Math.log(1.1)));
    expect(exactLevel(count)).toBeGreaterThanOrEqual(0.95);
    expect(exactLevel(count)).toBeLessThan(0.97);
    expect(coverage).toBeGreaterThan(0.93);
    expect(Math.abs(coverage - exactLevel(count))).toBeLessThan(tolerance);
  });

  it('so do those of a report, of the ratio and of the difference', () => {
    const changes = reportedChanges({ model, scale: 1, slower: 0 }, 10, runs, xoroshiro128plus(1));
    const coverage = (holdsTruth: (change: TimeChange) => boolean): number => shareOf(changes, holdsTruth);
    expect(coverage(({ ratioInterval }) => holds(ratioInterval, 1))).toBeGreaterThan(0.93);
    expect(coverage(({ differenceInterval }) => holds(differenceInterval, 0))).toBeGreaterThan(0.93);
  });

  it('five pairs have none', () => {
    const changes = reportedChanges({ model, scale: 1, slower: 0.5 }, 5, 10, xoroshiro128plus(1));
    expect(new Set(changes.map(({ ratioInterval, verdict }) => ratioInterval ?? verdict))).toEqual(new Set(['unsure']));
  });

  it('where nothing differs, verdicts say so seldom, and order effects and drifts are suspected once in twenty times', () => {
    const changes = reportedChanges({ model, scale: 2, slower: 0 }, 10, runs, xoroshiro128plus(2));
    const share = (isSo: (change: TimeChange) => boolean): number => shareOf(changes, isSo);
    expect(share(({ verdict }) => verdict === 'faster' || verdict === 'slower')).toBeLessThan(0.025);
    expect(share(({ orderEffect }) => !holds(orderEffect?.interval ?? null, 1))).toBeLessThan(0.06);
    expect(share(({ drift }) => !holds(drift?.interval ?? null, 1))).toBeLessThan(0.06);
  });
});
