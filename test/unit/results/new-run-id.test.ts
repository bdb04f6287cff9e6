import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRunId } from '../../../src/results/new-run-id.ts';

const start = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('newRunId', () => {
  it('is the time and the end of the seed', () => {
    expect(newRunId(new Date('2026-11-23T20:41:07.950Z'), 0x7f3a)).toBe('2026-11-23T20-41-07Z-7f3a');
  });

  it('keeps four digits of a small, a large and a negative seed', () => {
    const at = new Date('2026-11-23T20:41:07Z');
    expect([7, 0x123456789, -1].map((seed) => newRunId(at, seed).slice(-5))).toEqual(['-0007', '-6789', '-ffff']);
  });

  it('sorts by time, whatever the seeds', () => {
    fc.assert(
      fc.property(start, start, fc.integer(), fc.integer(), (a, b, seedA, seedB) => {
        fc.pre(Math.floor(a.getTime() / 1000) < Math.floor(b.getTime() / 1000));
        return newRunId(a, seedA) < newRunId(b, seedB);
      }),
    );
  });
});
