import { expect, test } from 'vitest';
import { againstItself } from '../../../src/scenario/against-itself.ts';
import { job } from '../../lab/bed.ts';

test('both variants are the one, under names of their own, and nothing else has changed', () => {
  const scenario = job();
  const { name, gates, description, variants, ...rest } = againstItself(scenario, scenario.variants[0]);
  expect(scenario).toMatchObject(rest);
  expect(name).toBe('job-calibrate');
  expect(gates).toEqual([]);
  expect(description).toBe('only compared with itself.');
  expect(variants).toEqual([
    { ...scenario.variants[0], name: 'a' },
    { ...scenario.variants[0], name: 'b' },
  ]);
});

test('a long name stays a name', () => {
  const scenario = { ...job(), name: `${'x'.repeat(89)}-${'y'.repeat(10)}` };
  const { name } = againstItself(scenario, scenario.variants[0]);
  expect(name).toBe(`${'x'.repeat(89)}-calibrate`);
});
