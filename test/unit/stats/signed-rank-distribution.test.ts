import { describe, expect, it } from 'vitest';
import { normalRankCut, rankCut } from '../../../src/stats/rank-cut.ts';
import { exactSignedRanks, signedRankDistribution } from '../../../src/stats/signed-rank-distribution.ts';
import golden from './golden/signed-rank-critical-values.json' with { type: 'json' };

describe('critical values of the signed ranks', () => {
  /*
   * Two-sided 5 %, n = 6 to 20: McCornack, Extended Tables of the Wilcoxon Matched Pair Signed Rank Statistic, JASA 60, 1965, 864–871;
   * the same in Harvey, Chemometrics Using R, appendix 12.6 (chem.libretexts.org).
   */
  it('are those of the published table', () => {
    const published = [0, 2, 3, 5, 8, 10, 13, 17, 21, 25, 29, 34, 40, 46, 52];
    expect(published.map((_, index) => rankCut(signedRankDistribution(index + 6), 0.025))).toEqual(published);
    expect(rankCut(signedRankDistribution(5), 0.025)).toBeNull();
  });

  it('are those of R, exactly where the distribution is exact', () => {
    for (const { count, tail, largest } of golden.filter((row) => row.count <= exactSignedRanks)) {
      expect(rankCut(signedRankDistribution(count), tail)).toBe(largest);
    }
  });

  it('are within a quarter of a percent of them where it is approximated', () => {
    const rows = golden.filter((row) => row.count > exactSignedRanks);
    expect(rows.length).toBeGreaterThan(0);
    for (const { count, tail, largest } of rows) {
      const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24);
      const cut = normalRankCut((count * (count + 1)) / 4, deviation, tail);
      expect(Math.abs((cut ?? 0) - (largest ?? 0))).toBeLessThanOrEqual((largest ?? 0) / 400);
    }
  });

  it('come from a distribution that is symmetric and adds up to 1', () => {
    for (const count of [1, 5, 20, 60, 100]) {
      const cumulative = signedRankDistribution(count);
      const last = cumulative.length - 1;
      expect(cumulative[last]).toBeCloseTo(1, 12);
      expect(cumulative[0]).toBe(2 ** -count);
      for (let sum = 0; sum < last; sum += 1) {
        expect((cumulative[sum] ?? 0) + (cumulative[last - sum - 1] ?? 0)).toBeCloseTo(1, 12);
      }
    }
  });
});
