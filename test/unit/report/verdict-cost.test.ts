import { expect, it } from 'vitest';
import { costOfPairs } from '../../../src/report/verdict-cost.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { runOfTimes } from '../verdict/paired-run.ts';

const comparison = compareRun(runOfTimes([[1, 1]]));

it.each([
  [1, 1, 60_000, '1 round and about 60 s more'],
  [8, 1, 100_500, '8 rounds and about 13 min more'],
  [7, 5, 60_000, '2 rounds of 5 repeats and about 2 min more'],
  [14, 1, 900_000, '14 rounds and about 3.5 h more'],
  [4, 1, null, '4 rounds more'],
])('%d pairs, %d in a round of %j ms: %s', (more, repeats, roundMs, text) => {
  const kind = { kind: 'code-edit', repeats, variants: [] };
  expect(costOfPairs(more, kind, { ...comparison, roundMs })).toBe(text);
});
