import { describe, expect, it } from 'vitest';
import {
  formatAllowed,
  formatIncrease,
  formatLimit,
  formatPercent,
  formatRange,
} from '../../../src/report/gate-numbers.ts';

describe('an increase', () => {
  it.each([
    [0.18, '+18 %'],
    [-0.046, '−4.6 %'],
    [0.05, '+5 %'],
    [0.0995, '+10 %'],
    [0.0949, '+9.5 %'],
    [2.5, '+250 %'],
    [0, '0 %'],
    [-0, '0 %'],
    [0.0005, '+0.05 %'],
    [-0.00003, '−0.003 %'],
    [1e-9, '+<0.001 %'],
  ])('%d is %s', (share, text) => {
    expect(formatIncrease(share)).toBe(text);
  });

  it('is never rounded to nothing', () => {
    for (let exponent = -15; exponent < 0; exponent += 1) expect(formatPercent(10 ** exponent)).not.toBe('0 %');
  });
});

describe('a limit', () => {
  it.each([
    ['time', 30_000, '30 s'],
    ['time', 12_345, '12.345 s'],
    ['time', 200, '200 ms'],
    ['time', 60_000, '60 s'],
    ['time', 150_000, '2.5 min'],
    ['bytes', 300e6, '300 MB'],
    ['bytes', 2 ** 20, '1.048576 MB'],
    ['bytes', 0, '0 B'],
    ['count', 12, '12'],
  ] as const)('in %s of %d is %s', (unit, limit, text) => {
    expect(formatLimit(unit, limit)).toBe(text);
  });

  it.each([
    [0.05, '5 %'],
    [0.07, '7 %'],
    [0.125, '12.5 %'],
    [0, '0 %'],
  ])('share of %d is %s', (share, text) => {
    expect(formatAllowed(share)).toBe(text);
  });
});

describe('a range', () => {
  it.each([
    ['bytes', 103e6, 105e6, '103–105 MB'],
    ['count', 7, 9, '7–9'],
    ['count', 7, 7, '7'],
  ] as const)('of %s from %d to %d is %s', (unit, min, max, text) => {
    expect(formatRange(unit, { min, max, samples: 2 })).toBe(text);
  });
});
