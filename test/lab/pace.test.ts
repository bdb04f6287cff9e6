import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import type { Sample } from '../../src/results/sample.ts';
import { planTurns } from '../../src/run/plan.ts';
import { job, openTestLab, rated, runInLab } from './bed.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openTestLab('pace');
});

afterAll(async () => {
  await lab?.close();
});

test('a pace leaves rounds and turns out, and is asked with all samples so far', async () => {
  const scenario = job();
  const variants = scenario.variants.map(({ name }) => name);
  const plan = { rounds: 3, kinds: ['first', 'code-edit'] as const, repeats: { 'code-edit': 3 }, variants, seed: 5 };
  const asked: number[] = [];
  const samples = await runInLab(lab, scenario, planTurns(plan), {
    pace: {
      startsRound: (round, before) => {
        asked.push(before.length);
        return round !== 2;
      },
      wants: ({ round, kind, repeat }) => kind === 'first' || (round === 1 && repeat < 3),
      lastRound: () => 3,
    },
  });
  const made = (round: number, kind: string): number =>
    samples.filter((sample: Sample) => sample.round === round && sample.kind === kind).length / variants.length;
  expect(samples.map(({ outcome }) => outcome)).toEqual(samples.map(() => 'ok'));
  expect([made(1, 'first'), made(1, 'code-edit'), made(2, 'first')]).toEqual([1, 2, 0]);
  expect([made(3, 'first'), made(3, 'code-edit')]).toEqual([1, 0]);
  expect(asked).toEqual([0, 3 * variants.length, 3 * variants.length]);
  expect(samples.map(({ order }) => order)).toEqual(samples.map((_, index) => index + 1));
});

test('a variant with links of its own is deployed over them', async () => {
  const { variants, ...rest } = job();
  const [variant] = variants;
  const links = (mbps: number) => ({ uplink: rated(200), downlink: rated(mbps), mirror: rated(4000) });
  const scenario = {
    ...rest,
    links: links(200),
    variants: [
      { ...variant, name: 'fast' },
      { ...variant, name: 'slow', links: links(40) },
    ] as const,
  };
  const turns = planTurns({ rounds: 1, kinds: ['first'] as const, variants: ['fast', 'slow'], seed: 1 });
  const samples = await runInLab(lab, scenario, turns);
  const linkMs = (name: string): number =>
    samples.find((sample) => sample.variant === name)?.phases.pull?.detail?.linkMs ?? Number.NaN;
  const pullMs = (name: string): number =>
    samples.find((sample) => sample.variant === name)?.phases.pull?.ms ?? Number.NaN;
  expect(linkMs('slow') / linkMs('fast')).toBeCloseTo(5, 1);
  expect(pullMs('slow')).toBeGreaterThan(linkMs('slow'));
  expect(pullMs('slow')).toBeGreaterThan(2 * pullMs('fast'));
});
