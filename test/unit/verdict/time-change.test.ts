import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultMargin } from '../../../src/verdict/margin.ts';
import type { Pair } from '../../../src/verdict/pairs.ts';
import { type TimeChange, timeChange } from '../../../src/verdict/time-change.ts';
import { around, pairsWith, type Times } from './paired-run.ts';

function changeOf(times: readonly Times[], margin = defaultMargin): TimeChange {
  const change = timeChange(pairsWith(times), margin);
  if (change === null) throw new Error('no change');
  return change;
}

const opposite = { faster: 'slower', slower: 'faster', same: 'same', unsure: 'unsure' } as const;
const time = fc.double({ min: 1, max: 100_000, noNaN: true });
const anyTimes = fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 15 });
/** Near enough to each other that every verdict comes up. */
const likeTimes = fc
  .tuple(
    fc.double({ min: 0.5, max: 2, noNaN: true }),
    fc.array(fc.double({ min: 0.97, max: 1.03, noNaN: true }), { minLength: 1, maxLength: 15 }),
  )
  .map(([ratio, noise]) => noise.map((factor): Times => [3000, 3000 * ratio * factor]));

describe('timeChange', () => {
  it('is null without a pair that has a ratio', () => {
    expect(timeChange([], defaultMargin)).toBeNull();
    expect(
      timeChange(
        pairsWith([
          [0, 5],
          [Number.NaN, 5],
        ]),
        defaultMargin,
      ),
    ).toBeNull();
  });

  it('estimates ratio and difference from the pairs, and counts them', () => {
    const change = changeOf([
      [1000, 2000],
      [2000, 4000],
      [3000, 6000],
      [500, 500],
      [900, 450],
    ]);
    expect(change).toMatchObject({ pairs: 5, faster: 1, slower: 3, equal: 1 });
    expect(change.ratio).toBeGreaterThan(1);
    expect(change.ratio).toBeLessThan(2);
    expect(
      changeOf([
        [1000, 2000],
        [2000, 4000],
      ]),
    ).toMatchObject({ differenceMs: 1500, ratio: expect.closeTo(2, 9) });
  });

  it('leaves out pairs without a ratio everywhere', () => {
    expect(changeOf([...around(1.2, 6), [0, 5000]])).toEqual(changeOf(around(1.2, 6)));
  });

  it('has no interval and is unsure below six pairs, however large the change', () => {
    const five = changeOf(around(3, 5));
    expect(five).toMatchObject({ ratioInterval: null, differenceInterval: null, verdict: 'unsure' });
    expect(changeOf(around(3, 6))).toMatchObject({ verdict: 'slower', ratioInterval: { low: expect.any(Number) } });
  });

  it.each([
    ['slower', around(1.2, 8)],
    ['faster', around(0.8, 8)],
    ['same', around(1, 8)],
    // 3 %: within the margin, however surely it is there.
    ['same', around(1.03, 8, 0.001)],
    ['unsure', around(1.06, 8, 0.05)],
  ] as const)('calls %s what is', (verdict, times) => {
    expect(changeOf(times).verdict).toBe(verdict);
  });

  it('needs both, the share and the floor', () => {
    const small = around(1.2, 8).map(([one, other]): Times => [one / 100, other / 100]);
    expect(changeOf(small).verdict).toBe('same');
    expect(changeOf(small, { share: 0.05, floorMs: 10 }).verdict).toBe('slower');
    const long = around(1.03, 8, 0.001).map(([one, other]): Times => [one * 100, other * 100]);
    expect(changeOf(long).differenceMs).toBeGreaterThan(20_000);
    expect(changeOf(long).verdict).toBe('same');
  });

  it('says what these pairs could have seen, and what those of later looks would', () => {
    const change = changeOf(around(1, 8, 0.1));
    expect(change.detectable).toBeGreaterThan(0);
    expect(change.wouldSee.map(({ pairs }) => pairs)).toEqual([10, 15, 20]);
    const shares = [change.detectable ?? 0, ...change.wouldSee.map(({ detectable }) => detectable)];
    expect(shares).toEqual(shares.toSorted((one, other) => other - one));
    expect(changeOf(around(1, 20)).wouldSee).toEqual([]);
    expect(changeOf(around(1, 5)).wouldSee.map(({ pairs }) => pairs)).toEqual([6, 10, 15, 20]);
    expect(changeOf(around(1, 4))).toMatchObject({ detectable: null, wouldSee: [] });
    expect(changeOf(around(1, 1))).toMatchObject({ spread: null, detectable: null, wouldSee: [] });
  });

  it('marks pairs far from the others, and counts them', () => {
    const change = changeOf([...around(1, 9), [10_000, 30_000]]);
    expect(change.outliers).toEqual([{ round: 10, repeat: 1 }]);
    expect(change.pairs).toBe(10);
  });

  it('sees what going first costs, as a ratio above 1', () => {
    const fed = around(1, 12, 0.002).map(([one, other], index): Times => [one, index % 2 === 0 ? other : other * 1.3]);
    expect(changeOf(fed).orderEffect?.ratio).toBeCloseTo(1.3, 1);
    expect(changeOf(fed).orderEffect?.interval?.low).toBeGreaterThan(1);
    const interval = changeOf(around(1, 12)).orderEffect?.interval;
    expect(interval?.low).toBeLessThan(1);
    expect(interval?.high).toBeGreaterThan(1);
    const never = pairsWith(around(1, 6)).map((pair): Pair => ({ ...pair, baselineFirst: true }));
    expect(timeChange(never, defaultMargin)?.orderEffect).toBeNull();
  });

  it('sees a ratio that drifts from pair to pair', () => {
    const drifting = around(1, 12, 0.001).map(([one, other], index): Times => [one, other * 1.02 ** index]);
    expect(changeOf(drifting).drift?.ratio).toBeCloseTo(1.02, 2);
    expect(changeOf(drifting).drift?.interval?.low).toBeGreaterThan(1);
    expect(changeOf(around(1, 3)).drift).toBeNull();
  });

  it('turns round exactly with the variants swapped', () => {
    fc.assert(
      fc.property(fc.oneof(anyTimes, likeTimes), (times) => {
        const [change, back] = [changeOf(times), changeOf(times.map(([one, other]): Times => [other, one]))];
        expect(back.verdict).toBe(opposite[change.verdict]);
        expect(back.ratio * change.ratio).toBeCloseTo(1, 9);
        expect(back.differenceMs).toBeCloseTo(-change.differenceMs, 6);
        expect([back.faster, back.slower, back.equal]).toEqual([change.slower, change.faster, change.equal]);
        if (change.ratioInterval === null) expect(back.ratioInterval).toBeNull();
        else expect((back.ratioInterval?.high ?? 0) * change.ratioInterval.low).toBeCloseTo(1, 9);
      }),
    );
  });

  it('has the same ratio on every scale, and the same verdict with a floor on that scale', () => {
    fc.assert(
      fc.property(likeTimes, fc.constantFrom(1 / 1024, 1 / 2, 4, 4096), (times, scale) => {
        const change = changeOf(times);
        const scaled = changeOf(
          times.map(([one, other]): Times => [one * scale, other * scale]),
          { ...defaultMargin, floorMs: defaultMargin.floorMs * scale },
        );
        expect(scaled.ratio).toBeCloseTo(change.ratio, 9);
        expect(scaled.differenceMs).toBeCloseTo(change.differenceMs * scale, 6);
        expect(scaled.spread ?? 0).toBeCloseTo(change.spread ?? 0, 9);
        expect(scaled.verdict).toBe(change.verdict);
      }),
    );
  });

  it('does not depend on the order of the pairs, except for the drift', () => {
    fc.assert(
      fc.property(likeTimes, (times) => {
        const pairs = pairsWith(times);
        const [change, shuffled] = [timeChange(pairs, defaultMargin), timeChange(pairs.toReversed(), defaultMargin)];
        expect({ ...shuffled, drift: null, outliers: null }).toEqual({ ...change, drift: null, outliers: null });
      }),
    );
  });

  it('holds its interval around its estimate', () => {
    fc.assert(
      fc.property(anyTimes, (times) => {
        const { ratio, ratioInterval, differenceMs, differenceInterval } = changeOf(times);
        expect(ratioInterval === null).toBe(times.length < 6);
        if (ratioInterval === null || differenceInterval === null) return;
        expect(ratioInterval.low).toBeLessThanOrEqual(ratio);
        expect(ratioInterval.high).toBeGreaterThanOrEqual(ratio);
        expect(differenceInterval.low).toBeLessThanOrEqual(differenceMs);
        expect(differenceInterval.high).toBeGreaterThanOrEqual(differenceMs);
      }),
    );
  });
});
