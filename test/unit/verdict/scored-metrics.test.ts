import { expect, it } from 'vitest';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { scoredMetrics } from '../../../src/verdict/scored-metrics.ts';
import { detailedRun } from '../report/page/detailed-run.ts';

const metricsOf = (kinds: string[]) => scoredMetrics(compareRun(detailedRun({ kinds, rounds: 2 })));
const kindsOf = (kinds: string[]) => Object.fromEntries(metricsOf(kinds).map(({ name, kind }) => [name, kind]));

it('takes each number from the kind that shows it', () => {
  expect(kindsOf(['first', 'code-edit', 'no-change'])).toEqual({
    'image-size': 'no-change',
    'fresh-pull': 'first',
    rebuild: 'code-edit',
    'cold-start': 'first',
    release: 'code-edit',
  });
});

it('pulls on a new server where no first deploy was made', () => {
  expect(kindsOf(['code-edit', 'new-server'])).toMatchObject({
    'fresh-pull': 'new-server',
    'cold-start': 'new-server',
  });
});

it('has no grade for a number that is missing, nor for the release clock of another kind', () => {
  const metrics = metricsOf(['first']);
  const rebuild = metrics.find(({ name }) => name === 'rebuild');
  const release = metrics.find(({ name }) => name === 'release');
  expect(rebuild?.cells.map(({ value, grade }) => [value, grade])).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(release?.kind).toBe('first');
  expect(release?.cells.every(({ value, grade }) => value !== null && grade === null)).toBe(true);
});
