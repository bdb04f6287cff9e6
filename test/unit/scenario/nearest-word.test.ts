import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../../src/scenario/nearest-word.ts';

const known = ['variants', 'context', 'edits', 'env'];

describe('nearestWord', () => {
  it.each([
    ['varients', 'variants'],
    ['Variant', 'variants'],
    ['cotnext', 'context'],
    ['edit', 'edits'],
    ['en', 'env'],
  ])('takes %s for %s', (word, nearest) => {
    expect(nearestWord(word, known)).toBe(nearest);
  });

  it('has no suggestion for a word that is near nothing', () => {
    expect(nearestWord('servers', known)).toBeNull();
    expect(nearestWord('x', known)).toBeNull();
    expect(nearestWord('edits', [])).toBeNull();
  });

  it('prefers the nearest of several', () => {
    expect(nearestWord('starts', ['start', 'stars', 'starts'])).toBe('starts');
  });
});
