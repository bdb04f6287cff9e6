import { readFileSync } from 'node:fs';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { expect, test } from 'vitest';
import { smallestDetectable } from '../../src/stats/detectable.ts';
import { median } from '../../src/stats/median.ts';
import { robustSpread } from '../../src/stats/robust-spread.ts';
import { signedRankPValue } from '../../src/stats/signed-rank.ts';
import { fewestPairs, looks } from '../../src/verdict/gate-rule.ts';
import { logRatios } from '../../src/verdict/pairs.ts';
import { mostRounds } from '../../src/verdict/until.ts';
import { independent, machineOf, type NoiseModel, noiseModels } from '../unit/simulation/noise-models.ts';
import { bootstrapOf, type IntervalMethod, intervalMethods, signedRank } from '../unit/simulation/other-tests.ts';
import { roundsMade } from '../unit/simulation/rounds-made.ts';
import { exactLevel, holds, reportedChanges } from '../unit/simulation/simulated-changes.ts';
import {
  anyRegressed,
  type Judged,
  meanPairs,
  measureCell,
  oneGate,
  runsJudgedOnce,
  screenedRuns,
  sixGates,
} from '../unit/simulation/simulated-gates.ts';
import { measureInBlocks, pairsIn, repeat, type Slower, shareOf } from '../unit/simulation/simulated-pairs.ts';
import { markdownTable, percent } from './markdown-table.ts';

/** The tables of docs/statistics.md, by the functions that the tests simulate with, of more runs. Takes some minutes of one processor. */
const runs = 4000;
const counts = [6, 8, 10, 12, 16, 20];
const docs = ['statistics.md', 'decisions/0014-signed-ranks-of-pairs.md']
  .map((file) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8'))
  .join();

test('how often intervals hold the truth', () => {
  const random = xoroshiro128plus(1);
  const coverage = (model: NoiseModel, method: IntervalMethod, count: number, times: number): string => {
    const cell = { model, scale: 1, slower: 0.1 };
    const intervals = repeat(times, () => method.of(pairsIn(measureCell(cell, count, random), 'build')));
    return percent(shareOf(intervals, (interval) => holds(interval, Math.log(1.1))));
  };
  print(
    ['noise', ...counts.map((count) => `${count} pairs`)],
    [
      ['exact level', ...counts.map((count) => percent(exactLevel(count)))],
      ...noiseModels.map((model) => [model.name, ...counts.map((count) => coverage(model, signedRank, count, runs))]),
    ],
  );
  const bootstrap = bootstrapOf(random);
  const few = counts.slice(0, 3);
  print(
    [bootstrap.name, ...few.map((count) => `${count} pairs`)],
    noiseModels.map((model) => [model.name, ...few.map((count) => coverage(model, bootstrap, count, 1000))]),
  );
});

test('gates that screen and confirm', () => {
  const random = xoroshiro128plus(2);
  print(
    ['noise', 'spread of a pair', 'false alarms', 'pairs: one gate', 'six gates', 'at +20 %', '+5 %', '+10 %', '+20 %'],
    cells().map(({ model, scale }) => {
      const judged = (slower: Slower): Judged[] => screenedRuns({ model, scale, slower }, runs / 2, random);
      const unchanged = screenedRuns({ model, scale, slower: 0 }, runs, random);
      return [
        `${model.name} ×${scale}`,
        `${Math.round(100 * spreadOf(model, scale, random))} %`,
        percent(anyRegressed(unchanged)),
        meanPairs(screenedRuns({ model, scale, slower: 0 }, runs / 2, random, oneGate)).toFixed(1),
        meanPairs(unchanged).toFixed(1),
        meanPairs(judged(0.2)).toFixed(1),
        ...[0.05, 0.1, 0.2].map((share) => failures(share, judged)),
      ];
    }),
  );
});

test('gates that look once', () => {
  const random = xoroshiro128plus(3);
  print(
    ['noise', ...[6, 10, 20].flatMap((count) => [`${count} pairs: alarms`, '+10 %', '+20 %'])],
    cells().map(({ model, scale }) => {
      const judged = (count: number, slower: Slower, times: number): Judged[] =>
        runsJudgedOnce({ model, scale, slower }, count, times, random);
      const ofCount = (count: number): string[] => [
        percent(anyRegressed(judged(count, 0, runs))),
        ...[0.1, 0.2].map((share) => failures(share, (slower) => judged(count, slower, runs / 2))),
      ];
      return [`${model.name} ×${scale}`, ...[6, 10, 20].flatMap(ofCount)];
    }),
  );
});

test('gates without a margin', () => {
  const random = xoroshiro128plus(4);
  const gates = sixGates.map(({ name }) => ({ name, margin: { share: 0, floorMs: 0 } }));
  print(
    ['noise', 'screen and confirm', 'one look at 10 pairs'],
    noiseModels.map((model) => {
      const cell = { model, scale: 1, slower: 0 };
      return [
        model.name,
        percent(anyRegressed(screenedRuns(cell, runs / 2, random, gates))),
        percent(anyRegressed(runsJudgedOnce(cell, 10, runs / 2, random, gates))),
      ];
    }),
  );
});

test('tests, of deploys in turns and in blocks', () => {
  const random = xoroshiro128plus(5);
  const names = intervalMethods.map(({ name }) => name);
  const calls = (measure: () => ReturnType<typeof measureCell>): string[] => {
    const measured = repeat(runs / 2, measure).map((each) => pairsIn(each, 'build'));
    return intervalMethods.map(({ of }) => percent(shareOf(measured, (pairs) => !holds(of(pairs), 0))));
  };
  print(
    ['ten pairs', ...names],
    noiseModels.flatMap((model) => [
      [`${model.name}: in blocks`, ...calls(() => measureInBlocks(machineOf(model, 1, random), 10, 0))],
      [`${model.name}: in turns`, ...calls(() => measureCell({ model, scale: 1, slower: 0 }, 10, random))],
      [`${model.name}: in turns, +10 %`, ...calls(() => measureCell({ model, scale: 1, slower: 0.1 }, 10, random))],
    ]),
  );
});

test('when to stop', () => {
  const random = xoroshiro128plus(6);
  const afterEach = Array.from({ length: mostRounds - fewestPairs + 1 }, (_, index) => index + fewestPairs);
  print(
    [
      'a difference that is none is found',
      'at 10 pairs',
      'at 6, 10, 15 or 20',
      'after any from 6 to 20',
      'by need: 5 %',
      'by need: 3 %',
    ],
    noiseModels.map((model) => {
      const measured = repeat(runs / 2, () => measureCell({ model, scale: 1, slower: 0 }, mostRounds, random));
      const found = (stops: (run: (typeof measured)[number]) => readonly number[]): string =>
        percent(
          shareOf(measured, (run) => {
            const pairs = pairsIn(run, 'release');
            return stops(run).some((count) => !holds(signedRank.of(pairs.slice(0, count)), 0));
          }),
        );
      return [
        model.name,
        ...[found(() => [10]), found(() => looks), found(() => afterEach)],
        ...[0.05, 0.03].map((precision) => found((run) => [roundsMade(run, precision)])),
      ];
    }),
  );
});

test('how many pairs for what', () => {
  print(
    ['spread of a pair', ...counts.map((count) => `${count} pairs`)],
    [0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2].map((spread) => [
      `${Math.round(100 * spread)} %`,
      ...counts.map((count) => percent(detectableShare(spread, count))),
    ]),
  );
});

test('how often the change that a report says it would see is seen', () => {
  const random = xoroshiro128plus(7);
  const said = (model: NoiseModel, count: number): number => {
    const changes = reportedChanges({ model, scale: 1, slower: 0 }, count, runs / 4, random);
    return median(changes.map(({ detectable }) => detectable ?? Number.NaN));
  };
  const seen = (model: NoiseModel, count: number, slower: number): number =>
    shareOf(
      repeat(runs / 2, () => pairsIn(measureCell({ model, scale: 1, slower }, count, random), 'build')),
      (pairs) => signedRankPValue(logRatios(pairs), 0) <= 0.05,
    );
  const normal = { ...independent, name: 'normal, no outliers', outliers: 0 };
  print(
    ['noise', ...looks.map((count) => `${count} pairs`)],
    [normal, ...noiseModels].map((model) => [
      model.name,
      ...looks.map((count) => {
        const change = said(model, count);
        return `${percent(change)}: ${Math.round(100 * seen(model, count, change))} %`;
      }),
    ]),
  );
});

function cells(): { readonly model: NoiseModel; readonly scale: number }[] {
  return [1, 2, 3].flatMap((scale) => noiseModels.map((model) => ({ model, scale })));
}

/** How often a run fails a variant that is slower by this share: in its build alone, and in every phase. */
function failures(share: number, judged: (slower: Slower) => readonly Judged[]): string {
  return [{ build: share }, share].map((slower) => `${Math.round(100 * anyRegressed(judged(slower)))}`).join(' / ');
}

/** The median of the spreads that runs of twenty pairs find in a phase. */
function spreadOf(model: NoiseModel, scale: number, random: RandomGenerator): number {
  const spreads = repeat(1000, () => {
    const pairs = pairsIn(measureCell({ model, scale, slower: 0 }, 20, random), 'build');
    return robustSpread(logRatios(pairs)) ?? Number.NaN;
  });
  return median(spreads);
}

function detectableShare(spread: number, count: number): number {
  return Math.expm1(smallestDetectable(spread, count) ?? Number.NaN);
}

/** Prints a table, which must be the one that the docs have. */
function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = markdownTable(head, rows);
  console.log(`\n${table}\n`);
  expect.soft(docs.includes(table), 'this table stands in the docs').toBe(true);
}
