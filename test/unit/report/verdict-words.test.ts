import { describe, expect, it } from 'vitest';
import { describeBytes, describeChange, signedPercent } from '../../../src/report/verdict-words.ts';
import { factChange } from '../../../src/verdict/fact-change.ts';
import { defaultMargin } from '../../../src/verdict/margin.ts';
import { timeChange } from '../../../src/verdict/time-change.ts';
import { around, pairsWith, type Times } from '../verdict/paired-run.ts';

function words(times: readonly Times[]): ReturnType<typeof describeChange> {
  const change = timeChange(pairsWith(times), defaultMargin);
  if (change === null) throw new Error('no change');
  return describeChange(change);
}

const constant = (times: Times, count: number): Times[] => Array.from({ length: count }, () => times);

describe('describeChange', () => {
  it('has a change with its interval, the seconds, the pairs and the verdict', () => {
    expect(words(constant([10_000, 4500], 6))).toEqual({
      change: '−55.0 % [−55.0, −55.0]',
      difference: '5.50 s less',
      count: 'faster in 6 of 6 pairs',
      verdict: '✔ faster',
    });
  });

  it('counts the slower pairs of what is slower', () => {
    expect(words([...constant([1000, 1500], 14), [1000, 900]])).toMatchObject({
      difference: '500 ms more',
      count: 'slower in 14 of 15 pairs',
      verdict: '✘ slower',
    });
  });

  it('has ~ where no change can be told from none, with the interval beside it', () => {
    const { change, difference, verdict } = words(around(1, 12, 0.2));
    expect(change).toMatch(/^~ \[−\d+\.\d, \+\d+\.\d\]$/);
    expect([difference, verdict]).toEqual(['~', '? unsure']);
  });

  it('shows a change that is sure, however small, and calls it same within the margin', () => {
    expect(words(around(1.03, 12, 0.005))).toMatchObject({
      change: expect.stringMatching(/^\+3\.\d % \[\+2\.\d, \+3\.\d\]$/),
      verdict: '= same',
    });
  });

  it('has no interval below six pairs, and is unsure', () => {
    expect(words(constant([1000, 500], 5))).toEqual({
      change: '−50.0 %',
      difference: '500 ms less',
      count: 'faster in 5 of 5 pairs',
      verdict: '? unsure',
    });
  });

  it('writes what is far from the baseline as a multiple of it', () => {
    expect(words(constant([1000, 20_000], 6)).change).toBe('×20.0 [×20.0, ×20.0]');
    expect(words(constant([1000, 12], 6)).change).toBe('×0.012 [×0.012, ×0.012]');
  });
});

describe('describeBytes', () => {
  const bytes = (baseline: readonly number[], variant: readonly number[]): ReturnType<typeof describeBytes> => {
    const change = factChange(baseline, variant);
    if (change === null) throw new Error('no change');
    return describeBytes(change);
  };

  it.each([
    [[1000], [191], '−80.9 %, exact', '809 B less', '✔ less'],
    [[1e9], [1.5e9], '+50.0 %, exact', '500 MB more', '✘ more'],
    [[5e6, 5e6], [5e6], '0.0 %, exact', '', '= same'],
    [[0], [0], '0.0 %, exact', '', '= same'],
    [[0], [512], 'from nothing', '512 B more', '✘ more'],
    [[1e9, 1e9 + 50], [5e8], '−50.0 %, exact', '500 MB less', '✔ less'],
    [[1e9, 1.1e9], [5e8], '−54.5 % to −50.0 %', '', '✔ less'],
    [[1e9, 1.1e9], [1.05e9], '~', '~', '? varies'],
    [[1e9], [1e9 + 77], '+<0.001 %, exact', '77 B more', '✘ more'],
  ])('%j → %j', (baseline, variant, change, difference, verdict) => {
    expect(bytes(baseline, variant)).toEqual({ change, difference, verdict });
  });
});

describe('signedPercent', () => {
  it.each([
    [-0.55, '−55.0'],
    [0.102, '+10.2'],
    [1.824, '+182'],
    [0, '0.0'],
    [-0.0003, '−0.03'],
    [0.000001, '+<0.001'],
    [0.9996, '+100'],
  ])('%d', (share, text) => {
    expect(signedPercent(share)).toBe(text);
  });
});
