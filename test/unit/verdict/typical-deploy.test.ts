import { expect, it } from 'vitest';
import { typicalDeploy } from '../../../src/verdict/typical-deploy.ts';
import { exampleSample } from '../results/example-run.ts';

const deploy = (order: number, build: number, ready: number, changes = {}) =>
  exampleSample({ phases: { build, ready } }, { order, ...changes });

it('is the one nearest the medians of release clock and phases', () => {
  const samples = [
    deploy(1, 100, 900),
    deploy(2, 500, 500),
    deploy(3, 480, 530),
    deploy(4, 900, 100),
    deploy(5, 600, 600),
  ];
  expect(typicalDeploy(samples, 'first', 'before')?.order).toBe(2);
});

it('is not one whose clock is right and whose phases are not', () => {
  expect(
    typicalDeploy([deploy(1, 950, 50), deploy(2, 510, 520), deploy(3, 500, 500), deploy(4, 20, 980)], 'first', 'before')
      ?.order,
  ).toBe(3);
});

it('of equally near ones is the first, and only ok ones of that kind and variant count', () => {
  const samples = [
    deploy(1, 100, 100, { outcome: 'wrong-state' }),
    deploy(2, 100, 100, { kind: 'code-edit' }),
    deploy(3, 100, 100, { variant: 'after' }),
    deploy(4, 100, 100),
    deploy(5, 100, 100),
  ];
  expect(typicalDeploy(samples, 'first', 'before')?.order).toBe(4);
  expect(typicalDeploy(samples, 'rollback', 'before')).toBeNull();
});
