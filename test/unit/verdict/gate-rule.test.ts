import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  confirm,
  confirmingPairs,
  decidingLook,
  judgeOnce,
  looks,
  screen,
  screening,
} from '../../../src/verdict/gate-rule.ts';
import { defaultMargin } from '../../../src/verdict/margin.ts';
import { around, pairsWith, type Times } from './paired-run.ts';

const screenOf = (times: readonly Times[]): string => screen(pairsWith(times), defaultMargin);
const screeningOf = (times: readonly Times[]): string => screening(pairsWith(times), defaultMargin);
const confirmOf = (times: readonly Times[]): string => confirm(pairsWith(times), defaultMargin);
const judgeOf = (times: readonly Times[]): string => judgeOnce(pairsWith(times), defaultMargin);

const nothing = (count: number): Times[] => Array.from({ length: count }, (): Times => [0, 0]);
const ratios = (list: readonly number[]): Times[] => list.map((ratio): Times => [10_000, 10_000 * ratio]);
/** Of six pairs, two do not tell. */
const open = ratios([1, 1, 1.2, 1.2, 1.2, 1.2]);

describe('screen', () => {
  it.each([
    ['suspect', around(1.2, 6)],
    ['pass', around(1, 6)],
    ['pass', around(0.8, 6)],
    ['open', around(1.06, 6, 0.05)],
    ['open', around(1.2, 5)],
    ['open', around(1, 5)],
    ['open', []],
  ] as const)('says %s', (found, times) => expect(screenOf(times)).toBe(found));

  it('suspects only what is beyond share and floor, and passes what is surely below one of them', () => {
    const small = around(1.2, 6).map(([one, other]): Times => [one / 100, other / 100]);
    expect(screenOf(small)).toBe('pass');
    const long = around(1.03, 6, 0.001).map(([one, other]): Times => [one * 100, other * 100]);
    expect(screenOf(long)).toBe('pass');
  });

  it('passes where there was never any time, and knows nothing where there was some on one side', () => {
    expect(screenOf(nothing(6))).toBe('pass');
    expect(screenOf(nothing(5))).toBe('open');
    expect(screenOf(nothing(6).map((): Times => [0, 5000]))).toBe('open');
    expect(screenOf([...around(1.2, 6), [0, 0]])).toBe('suspect');
  });

  it('never passes nor suspects by a margin that is not a number', () => {
    for (const margin of [
      { share: Number.NaN, floorMs: 200 },
      { share: 0.05, floorMs: Number.NaN },
    ]) {
      expect(screen(pairsWith(around(1.5, 8)), margin)).toBe('open');
      expect(judgeOnce(pairsWith(around(1.5, 8)), margin)).toBe('inconclusive');
    }
    expect(screen(pairsWith(around(1, 8)), { share: Number.NaN, floorMs: Number.NaN })).toBe('open');
  });

  it('makes no pair of a time that is not a number', () => {
    expect(screenOf([...around(1, 5), [10_000, Number.NaN]])).toBe('open');
    expect(judgeOf([...around(1, 5), [Number.NaN, 10_000]])).toBe('inconclusive');
  });
});

describe('screening', () => {
  it('looks at 6, 10, 15 and 20 pairs', () => expect(looks).toEqual([6, 10, 15, 20]));

  it('is decided by the first look that decides, whatever comes after', () => {
    expect(screeningOf([...around(1.3, 6), ...around(0.5, 14)])).toBe('suspect');
    expect(screeningOf([...around(1, 6), ...around(2, 14)])).toBe('pass');
    expect(decidingLook(pairsWith([...around(1, 6), ...around(2, 14)]), defaultMargin).pairs).toHaveLength(6);
  });

  it('goes on where a look leaves it open, up to the last pair there is', () => {
    const look = (times: readonly Times[]): [string, number] => {
      const found = decidingLook(pairsWith(times), defaultMargin);
      return [found.screening, found.pairs.length];
    };
    expect(look(open)).toEqual(['open', 6]);
    expect(look([...open, ...ratios([1.2, 1.2, 1.2])])).toEqual(['suspect', 9]);
    expect(look([...open, ...ratios([1.2, 1.2, 1.2, 1.2, 0.6])])).toEqual(['suspect', 10]);
    expect(look(around(1.06, 23, 0.05))).toEqual(['open', 23]);
  });

  it('does not look between its looks', () => {
    const times = [...open, ...ratios([1.2, 1.2, 1.2, 0.6])];
    expect(screeningOf(times.slice(0, 9))).toBe('suspect');
    expect(screeningOf(times)).toBe('open');
  });

  it('counts only pairs that have a ratio', () => {
    expect(decidingLook(pairsWith([[0, 0], ...around(1.2, 6)]), defaultMargin).pairs).toHaveLength(6);
    expect(decidingLook(pairsWith(nothing(7)), defaultMargin)).toMatchObject({ screening: 'pass' });
  });
});

describe('confirm', () => {
  it.each([
    ['regressed', around(1.2, confirmingPairs)],
    ['pass', around(1, confirmingPairs)],
    ['pass', nothing(confirmingPairs)],
    // Longer for sure, but by less than the margin.
    ['pass', around(1.03, confirmingPairs, 0.002)],
    // Estimated beyond the margin, but not surely longer at all.
    ['inconclusive', around(1.07, confirmingPairs, 0.3)],
    ['inconclusive', around(1.2, 5)],
    ['inconclusive', []],
  ] as const)('says %s', (decision, times) => expect(confirmOf(times)).toBe(decision));

  it('finds what its bounds alone would leave open: the suspicion was there before', () => {
    const times = ratios([1.02, 1.02, 1.02, 1.02, 1.02, 1.1, 1.1, 1.1, 1.1, 1.1]);
    expect(screenOf(times)).toBe('open');
    expect(confirmOf(times)).toBe('regressed');
  });

  it('needs the floor as well', () => {
    const small = around(1.2, confirmingPairs).map(([one, other]): Times => [one / 100, other / 100]);
    expect(confirmOf(small)).toBe('pass');
  });
});

describe('judgeOnce', () => {
  it.each([
    ['regressed', around(1.2, 6)],
    ['pass', around(1, 6)],
    ['inconclusive', around(1.06, 10, 0.05)],
    ['inconclusive', around(1.2, 5)],
    ['pass', nothing(6)],
  ] as const)('says %s', (decision, times) => expect(judgeOf(times)).toBe(decision));

  it('is stricter than a screening, for nothing is measured again', () => {
    const times = ratios([1, 1.2, 1.2, 1.2, 1.2, 1.2]);
    expect([screenOf(times), judgeOf(times)]).toEqual(['suspect', 'inconclusive']);
    const anyRatios = fc.array(fc.double({ min: 0.95, max: 1.3, noNaN: true }), { minLength: 6, maxLength: 20 });
    fc.assert(
      fc.property(anyRatios, (list) => {
        const decision = judgeOf(ratios(list));
        if (decision !== 'inconclusive')
          expect(screenOf(ratios(list))).toBe(decision === 'regressed' ? 'suspect' : 'pass');
      }),
    );
  });
});

describe('every rule', () => {
  const likeTimes = fc
    .tuple(
      fc.double({ min: 0.7, max: 1.5, noNaN: true }),
      fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 1, maxLength: 22 }),
    )
    .map(([ratio, noise]) => noise.map((factor): Times => [3000, 3000 * ratio * factor]));
  const rules = { screen, screening, confirm, judgeOnce };

  it.each(Object.entries(rules))('%s never fails both a change and its reverse', (_, rule) => {
    fc.assert(
      fc.property(likeTimes, (times) => {
        const found = [times, times.map(([one, other]): Times => [other, one])].map((each) =>
          rule(pairsWith(each), defaultMargin),
        );
        expect(found.filter((each) => each === 'regressed' || each === 'suspect').length).toBeLessThan(2);
      }),
    );
  });

  it.each(Object.entries(rules))('%s is the same on every scale', (_, rule) => {
    fc.assert(
      fc.property(likeTimes, fc.constantFrom(1 / 1024, 8), (times, scale) => {
        const scaled = times.map(([one, other]): Times => [one * scale, other * scale]);
        const margin = { ...defaultMargin, floorMs: defaultMargin.floorMs * scale };
        expect(rule(pairsWith(scaled), margin)).toBe(rule(pairsWith(times), defaultMargin));
      }),
    );
  });
});

describe('a time that was none before', () => {
  it('is no pass, however many pairs had one already', () => {
    const begun: Times[] = [[0, 3000], [0, 3000], ...around(0.98, 6)];
    expect(judgeOf(around(0.98, 6))).toBe('pass');
    expect(judgeOf(begun)).toBe('inconclusive');
    expect(screenOf(begun)).toBe('open');
  });
});
