import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiMarks, unicodeMarks } from '../../../src/report/marks.ts';
import { sparkline } from '../../../src/report/sparkline.ts';

const of = (group: string, ...values: readonly (number | null)[]) => values.map((value) => ({ value, group }));

describe('sparkline', () => {
  it('draws each number as high as it lies between the least and the largest', () => {
    expect(sparkline(of('', 10, 20, 30, 40, 50, 60, 70, 80), unicodeMarks)).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline(of('', 10, 20, 30, 40, 50, 60, 70, 80), asciiMarks)).toBe('12345678');
  });

  it('draws noise flat, and equal numbers in the middle', () => {
    expect(sparkline(of('', 100, 101, 100, 101), unicodeMarks)).toBe('▄▅▄▅');
    expect(sparkline(of('', 0, 0), unicodeMarks)).toBe('▅▅');
  });

  it('has a mark where a run has no number', () => {
    expect(sparkline(of('', 1, null, 2), unicodeMarks)).toBe('▁·█');
  });

  it('breaks where the machine is another, and gives each its own height', () => {
    const points = [...of('one', 1, 2), ...of('two', null, 1000, 2000), ...of('one', 2)];
    expect(sparkline(points, unicodeMarks)).toBe('▁█·│▁█│█');
    expect(sparkline(points, asciiMarks)).toBe('18.|18|8');
  });

  it('has one character for each number, whatever the numbers are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true })), (values) => {
        expect(sparkline(of('', ...values), asciiMarks)).toMatch(new RegExp(`^[1-8]{${values.length}}$`));
      }),
    );
  });
});
