import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test, vi } from 'vitest';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { planTurns } from '../../../src/run/plan.ts';
import { defaultGates } from '../../../src/verdict/default-gates.ts';
import { judgeGates } from '../../../src/verdict/gate.ts';
import { planScreening, screensInRound, screensInTurn } from '../../../src/verdict/screening-turns.ts';
import { exampleRecord, exampleSample } from '../results/example-run.ts';
import { type Machine, machineOf, noiseModels } from './noise-models.ts';
import { judgeAllOnce, screenAndConfirm } from './simulated-gates.ts';
import { kinds, measureInTurns, newSeed, nextDeploy, plannedOrders, type Slower, variants } from './simulated-pairs.ts';

vi.setConfig({ testTimeout: 60_000 });

const [baseline, variant] = variants;

/** A run as the program makes it: its plan, its samples. */
function screenByPlan(machine: Machine, seed: number, slower: Slower): RunFolder {
  const plan = planScreening(defaultGates, kinds);
  const turns = planTurns({ rounds: plan.rounds, kinds, variants, repeats: plan.repeats, seed });
  const samples: Sample[] = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    if (!screensInRound(plan, { baseline, variant }, round, samples)) continue;
    for (const turn of turns.filter((each) => each.round === round)) {
      if (!screensInTurn(plan, { baseline, variant }, turn, samples)) continue;
      const phases = nextDeploy(machine, turn.variant === variant ? slower : 0);
      samples.push(exampleSample({ phases }, { ...turn, order: samples.length + 1 }));
    }
  }
  const record = exampleRecord(variants, plan.rounds);
  const stopping = { rule: 'screen-and-confirm', confirmFrom: plan.confirmFrom } as const;
  return { record: { ...record, plan: { ...record.plan, turns, stopping } }, samples, warnings: [] };
}

function regressedOf(run: RunFolder): string[] {
  const { results } = judgeGates(run, defaultGates, null);
  return results.filter(({ outcome }) => outcome === 'regressed').map(({ gate }) => gate.metric);
}

test.each(noiseModels)('a simulated run under the noise $name is one as the program makes it', (model) => {
  const random = xoroshiro128plus(7);
  const found = new Set<number>();
  for (const slower of [0, 0.05, 0.1, 0.2, { build: 0.15 }]) {
    for (let time = 0; time < 8; time += 1) {
      const [seed, again] = [newSeed(random), random.clone()];
      const run = screenByPlan(machineOf(model, 1, random), seed, slower);
      const judged = screenAndConfirm(machineOf(model, 1, again), seed, slower);
      expect(regressedOf(run)).toEqual(judged.regressed.map((name) => `code-edit.${name}`));
      expect(run.samples.filter(({ kind }) => kind === 'code-edit')).toHaveLength(2 * judged.pairs);
      found.add(judged.regressed.length);
    }
  }
  expect(found.size).toBeGreaterThan(2);
});

test('and one with a fixed number of rounds is', () => {
  const random = xoroshiro128plus(8);
  for (const model of noiseModels) {
    const [seed, again] = [newSeed(random), random.clone()];
    const [orders = []] = plannedOrders(1, 10, seed);
    const judged = judgeAllOnce(measureInTurns(machineOf(model, 1, random), orders, 0.2));
    const turns = planTurns({ rounds: 1, kinds, variants, repeats: { 'code-edit': 10 }, seed });
    const machine = machineOf(model, 1, again);
    const samples = turns
      .filter(({ kind }) => kind === 'code-edit')
      .map((turn, index) =>
        exampleSample(
          { phases: nextDeploy(machine, turn.variant === variant ? 0.2 : 0) },
          { ...turn, order: index + 1 },
        ),
      );
    const record = exampleRecord(variants);
    const run = { record: { ...record, plan: { ...record.plan, turns } }, samples, warnings: [] };
    expect(judged.regressed.length).toBeGreaterThan(0);
    expect(regressedOf(run)).toEqual(judged.regressed.map((name) => `code-edit.${name}`));
  }
});
