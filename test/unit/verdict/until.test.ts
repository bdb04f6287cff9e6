import { expect, test } from 'vitest';
import type { Sample } from '../../../src/results/sample.ts';
import { lookAt, type MeasuredSoFar, type Until } from '../../../src/verdict/until.ts';
import { exampleSample } from '../results/example-run.ts';

const minute = 60_000;
const waves = [-1, 0.6, 0.2, -0.4, 1, -0.7, 0.8, -0.1];

/** So many rounds of a minute each, whose code edits vary by about ± `noise` between the variants. */
function measured(rounds: number, noise: number, repeats = 1): MeasuredSoFar {
  const samples: Sample[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      const wave = waves[(round + 3 * repeat) % waves.length] ?? 0;
      for (const variant of ['before', 'after']) {
        const build = variant === 'before' ? 10_000 : 10_000 * (1 + noise * wave);
        const changes = { round, repeat, variant, kind: 'code-edit', order: samples.length + 1 };
        samples.push(exampleSample({ phases: { build } }, changes));
      }
    }
  }
  return {
    samples,
    variants: ['before', 'after'],
    kinds: ['code-edit'],
    rounds,
    roundsMs: rounds * minute,
    elapsedMs: rounds * minute,
  };
}

const until = (precision: number | null, minutes: number | null = null): Until => ({
  precision,
  timeBudgetMs: minutes === null ? null : minutes * minute,
});

test('a quiet machine is known well enough at the first look', () => {
  expect(lookAt(measured(6, 0.005), until(0.03))).toMatchObject({ says: 'reached', goesOn: false });
});

test('between the looks nothing is decided, however well it is known', () => {
  expect(lookAt(measured(7, 0.005), until(0.03))).toMatchObject({ says: 'going-on', goesOn: true });
  expect(lookAt(measured(5, 0.005), until(0.03))).toMatchObject({ says: 'too-few', goesOn: true, known: null });
});

test('at the sixth round it says how many rounds the precision needs', () => {
  const look = lookAt(measured(6, 0.06), until(0.05));
  expect(look).toMatchObject({ says: 'going-on', goesOn: true, msEach: minute });
  expect(look.known?.roundsNeeded).toBeGreaterThan(6);
  expect(look.known?.roundsNeeded).toBeLessThanOrEqual(20);
});

test('what twenty rounds cannot show is told at once, and ends a run without a time budget', () => {
  expect(lookAt(measured(6, 0.3), until(0.03))).toMatchObject({ says: 'out-of-reach', goesOn: false });
  expect(lookAt(measured(6, 0.3), until(0.03, 60))).toMatchObject({ says: 'out-of-reach', goesOn: true });
});

test('no round begins that would not end within the time budget', () => {
  expect(lookAt(measured(3, 0.04), until(null, 4))).toMatchObject({ goesOn: true });
  expect(lookAt(measured(4, 0.04), until(null, 4.5))).toMatchObject({ says: 'no-time', goesOn: false });
});

test('twenty rounds are the most', () => {
  expect(lookAt(measured(20, 0.3), until(null, 1000))).toMatchObject({ says: 'all-made', goesOn: false });
});

test('repeats inside a round are pairs too: the rounds that are needed bring several each', () => {
  const look = lookAt(measured(6, 0.3, 3), until(0.12));
  expect(look.known?.pairs).toBe(18);
  expect(look.says).toBe('going-on');
  const needed = look.known?.roundsNeeded ?? 0;
  expect(needed).toBeGreaterThan(6);
  expect(needed).toBeLessThanOrEqual(10);
});

test('a kind without pairs keeps everything open', () => {
  const look = lookAt({ ...measured(10, 0.005), kinds: ['code-edit', 'first'] }, until(0.03));
  expect(look).toMatchObject({ known: null, goesOn: true });
});

test('what went by before the first round is no part of what a round takes', () => {
  const slowStart = { ...measured(1, 0.04), elapsedMs: 6 * minute };
  expect(lookAt(slowStart, until(null, 10))).toMatchObject({ goesOn: true, msEach: minute });
});
