import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it, vi } from 'vitest';
import { noiseModels } from './noise-models.ts';
import {
  anyRegressed,
  type Cell,
  meanPairs,
  oneGate,
  runsJudgedOnce,
  screenedRuns,
  sixGates,
} from './simulated-gates.ts';
import type { Slower } from './simulated-pairs.ts';

vi.setConfig({ testTimeout: 60_000 });

const scales = [1, 2, 3];

describe.each(noiseModels)('under the noise $name', (model) => {
  const cell = (scale: number, slower: Slower): Cell => ({ model, scale, slower });
  const screened = (scale: number, slower: Slower, runs: number, gates = sixGates) =>
    screenedRuns(cell(scale, slower), runs, xoroshiro128plus(scale), gates);

  it.each(scales)('times %i, six gates that confirm raise a false alarm in less than one run in fifty', (scale) => {
    expect(anyRegressed(screened(scale, 0, 1000))).toBeLessThan(0.02);
  });

  it.each(scales)('times %i, six gates that look once at ten pairs do in less than one in twenty', (scale) => {
    const random = xoroshiro128plus(scale);
    expect(anyRegressed(runsJudgedOnce(cell(scale, 0), 10, 1000, random))).toBeLessThan(0.05);
  });

  it('one gate that holds no change is passed after less than fourteen pairs on average, six after less than twenty', () => {
    expect(meanPairs(screened(1, 0, 400, oneGate))).toBeLessThan(14);
    expect(meanPairs(screened(1, 0, 400))).toBeLessThan(20);
  });

  it('a run mostly fails where one phase is 20 % slower, or all are 10 %', () => {
    expect(anyRegressed(screened(1, { build: 0.2 }, 300))).toBeGreaterThan(0.9);
    expect(anyRegressed(screened(1, { build: 0.1 }, 300))).toBeGreaterThan(0.5);
    expect(anyRegressed(screened(1, 0.1, 300))).toBeGreaterThan(0.8);
  });

  it('with twice the noise it still does in more than half of the runs', () => {
    expect(anyRegressed(screened(2, { build: 0.2 }, 300))).toBeGreaterThan(0.55);
  });

  it('what is slower is known after fewer pairs than twenty', () => {
    expect(meanPairs(screened(1, 0.2, 200))).toBeLessThan(18);
  });

  it('a change of one phase that is exactly the margin fails one run in ten at most', () => {
    expect(anyRegressed(screened(1, { build: 0.05 }, 400))).toBeLessThan(0.1);
  });

  it('without a margin, gates that confirm keep to one run in twenty', () => {
    const gates = sixGates.map(({ name }) => ({ name, margin: { share: 0, floorMs: 0 } }));
    expect(anyRegressed(screened(1, 0, 400, gates))).toBeLessThan(0.05);
  });
});
