import { expect, test } from 'vitest';
import { paceUntil, percent, timeBudget } from '../../../src/cli/until-option.ts';
import type { Sample } from '../../../src/results/sample.ts';
import type { Until } from '../../../src/verdict/until.ts';
import { exampleSample } from '../results/example-run.ts';

const minute = 60_000;
const noise = [-1, 0.6, 0.2, -0.4, 1, -0.7, 0.8, -0.1];

/** Rounds of a minute each, as many as the pace lets begin, with `spread` between the variants. */
function drive(until: Until, spread: number): { rounds: number; told: string[] } {
  let now = 5000;
  const told: string[] = [];
  const subject = { variants: ['before', 'after'], kinds: ['code-edit'] };
  const pace = paceUntil(
    until,
    subject,
    () => now,
    (line) => told.push(line),
  );
  const samples: Sample[] = [];
  let rounds = 0;
  for (let round = 1; round <= 20; round += 1) {
    if (!pace.startsRound(round, samples)) continue;
    rounds += 1;
    for (const variant of subject.variants) {
      const wave = variant === 'before' ? 0 : (noise[round % noise.length] ?? 0);
      const changes = { round, variant, kind: 'code-edit', order: samples.length + 1 };
      samples.push(exampleSample({ phases: { build: 10_000 * (1 + spread * wave) } }, changes));
    }
    now += minute;
  }
  return { rounds, told };
}

test('it says what a round takes, what noise there is at the sixth, and why it ends', () => {
  const { rounds, told } = drive({ precision: 0.05, timeBudgetMs: null }, 0.06);
  expect(rounds).toBeGreaterThan(6);
  expect(told[0]).toContain('a round takes 60.0 s');
  expect(told[1]).toMatch(/^after 6 rounds: after, code-edit varies by ±[\d.]+ % a pair; .* needs \d+ rounds, about/);
  expect(told.at(-1)).toMatch(/±5 % was asked for: done\.$/);
});

test('what is out of reach is told after the sixth round, which is then the last', () => {
  const { rounds, told } = drive({ precision: 0.02, timeBudgetMs: null }, 0.3);
  expect(rounds).toBe(6);
  expect(told.at(-1)).toContain('±2 % is out of reach of 20 rounds');
});

test('a time budget is kept, and says that fewer than six rounds give no interval', () => {
  const { rounds, told } = drive({ precision: null, timeBudgetMs: 4.5 * minute }, 0.01);
  expect(rounds).toBe(4);
  expect(told.at(-1)).toContain('Six rounds are the fewest that give an interval');
});

test('a time budget alone makes twenty rounds at the most', () => {
  expect(drive({ precision: null, timeBudgetMs: 600 * minute }, 0.01).rounds).toBe(20);
});

test('shares and durations as people type them', () => {
  expect(percent('3%')).toBe(0.03);
  expect(percent(' 2.5 % ')).toBe(0.025);
  for (const text of ['3', '0%', '-3%', '300%', 'x']) expect(() => percent(text)).toThrow(/percentage/);
  expect(timeBudget('30m')).toBe(30 * minute);
  expect(timeBudget('90 s')).toBe(90_000);
  for (const text of ['30', '0 s', 'soon']) expect(() => timeBudget(text)).toThrow();
});
