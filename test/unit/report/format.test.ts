import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatBytesRange,
  formatCount,
  formatDuration,
  formatRatio,
  formatShare,
} from '../../../src/report/format.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.4213, '0.42 ms'],
    [14.24, '14.2 ms'],
    [312, '312 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [18_940, '18.9 s'],
    [115_760, '116 s'],
    [119_400, '119 s'],
    [119_600, '1.99 min'],
    [4_512_000, '75.2 min'],
    [-14.24, '−14.2 ms'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [9_800, '9.80 kB'],
    [999_600, '1.00 MB'],
    [371_600_000, '372 MB'],
    [1_124_000_000, '1.12 GB'],
  ])('%d bytes are %s', (size, text) => {
    expect(formatBytes(size)).toBe(text);
  });

  it('never shows more than three significant digits of what is not whole, and never 1000 of a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_000_000_000 }), (size) => {
        const [number = '', unit = ''] = formatBytes(size).split(' ');
        const back = Number(number) * { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 }[unit as 'B' | 'kB' | 'MB' | 'GB'];
        expect(Number(number)).toBeLessThan(1000);
        expect(Math.abs(back - size) / size).toBeLessThanOrEqual(0.005);
      }),
    );
  });
});

describe('formatBytesRange', () => {
  it('says the unit once where it is one, and both where there are two', () => {
    expect(formatBytesRange(103e6, 105e6)).toBe('103–105 MB');
    expect(formatBytesRange(980e3, 1.2e6)).toBe('980 kB–1.20 MB');
  });

  it('is one number where both read the same', () => {
    expect(formatBytesRange(371_600_000, 371_700_000)).toBe('372 MB');
  });
});

describe('formatRatio', () => {
  it.each([
    [1, '×1.00'],
    [0.31415, '×0.31'],
    [0.996, '×1.00'],
    [0.0994, '×0.099'],
    [0.0996, '×0.10'],
    [0.02379, '×0.024'],
    [0.0004, '×<0.001'],
    [0, '×0.00'],
    [3.2, '×3.20'],
    [9.994, '×9.99'],
    [9.996, '×10.0'],
    [99.96, '×100'],
    [640.2, '×640'],
    [12_000, '×>999'],
  ])('%d is %s', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text);
  });
});

describe('formatCount and formatShare', () => {
  it('show a half count as such and a share in whole percent', () => {
    expect([formatCount(7), formatCount(6.5), formatShare(0.714)]).toEqual(['7', '6.5', '71 %']);
  });
});
