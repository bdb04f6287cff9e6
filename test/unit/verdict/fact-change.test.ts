import { describe, expect, it } from 'vitest';
import { factChange } from '../../../src/verdict/fact-change.ts';

describe('factChange', () => {
  it.each([
    [[5, 5], [4, 4], 'less'],
    [[5, 5], [6], 'more'],
    [[5, 5], [5], 'same'],
    [[0], [0], 'same'],
    // One byte of a gigabyte is a change.
    [[1e9], [1e9 + 1], 'more'],
    // It varies, and is less all the same.
    [[8, 9], [4, 5], 'less'],
    [[4, 6], [5], 'not-reproducible'],
    [[5], [5, 6], 'not-reproducible'],
    [[5, 6], [5, 6], 'not-reproducible'],
  ] as const)('%j to %j: %s', (baseline, variant, verdict) => {
    expect(factChange(baseline, variant)?.verdict).toBe(verdict);
  });

  it('has the range of each and the samples that have the fact', () => {
    expect(factChange([5, null, 7], [null, 4])).toEqual({
      verdict: 'less',
      baseline: { min: 5, max: 7, samples: 2 },
      variant: { min: 4, max: 4, samples: 1 },
    });
  });

  it('is null where one side never has it', () => {
    expect(factChange([], [5])).toBeNull();
    expect(factChange([5], [null, null])).toBeNull();
  });
});
