import { expect, it } from 'vitest';
import { fitBlocks } from '../../../src/report/fit-blocks.ts';

const length = (text: string): number => text.length;
const must = { text: 'must', leftOutAs: null };
const may = (name: string, size: number) => ({ text: name.repeat(size), leftOutAs: name });

it('leaves everything as it is where it fits', () => {
  expect(fitBlocks([must, may('a', 3)], 11, length)).toBe('must\n\naaa\n');
});

it('leaves out from the end, and what must be there never', () => {
  const text = fitBlocks([may('a', 10), may('b', 90), must, may('c', 90)], 100, length);
  expect(text).toBe("aaaaaaaaaa\n\nmust\n\nLeft out, to keep within GitHub's limit: b, c.\n");
  expect(fitBlocks([must, must], 5, length)).toBe('must\n\nmust\n');
});
