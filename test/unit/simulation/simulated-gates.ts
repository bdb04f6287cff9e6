import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { parseMetricName, type TimeName } from '../../../src/results/metric-name.ts';
import { defaultGates } from '../../../src/verdict/default-gates.ts';
import { confirm, confirmingPairs, judgeOnce, looks, type Screening, screen } from '../../../src/verdict/gate-rule.ts';
import type { Margin } from '../../../src/verdict/margin.ts';
import { type Machine, machineOf, type NoiseModel } from './noise-models.ts';
import {
  type DeployPair,
  kinds,
  measureInTurns,
  newSeed,
  nextDeploy,
  pairsIn,
  plannedOrders,
  repeat,
  type Slower,
  shareOf,
} from './simulated-pairs.ts';

/** A gate on a time of code edits. */
export interface GatedTime {
  readonly name: TimeName;
  readonly margin: Margin;
}

/** The default ones. */
export const sixGates: readonly GatedTime[] = defaultGates.flatMap(({ metric, maxIncrease, floorMs }): GatedTime[] => {
  const parsed = parseMetricName(metric, kinds);
  if (parsed?.sort !== 'time' || maxIncrease === null) return [];
  return [{ name: parsed.name, margin: { share: maxIncrease, floorMs } }];
});

/** The gate on one phase. */
export const oneGate: readonly GatedTime[] = sixGates.filter(({ name }) => name === 'build');

/** How gates judged a simulated run. */
export interface Judged {
  /** Pairs of code edits, those that confirm included. */
  readonly pairs: number;
  readonly regressed: readonly TimeName[];
}

const mostPairs = looks.at(-1) ?? 0;

/** A run that screens and confirms, as screening-turns.ts has it: looks until there is a suspect or nothing is open, then ten fresh pairs. */
export function screenAndConfirm(
  machine: Machine,
  seed: number,
  slower: Slower,
  gates: readonly GatedTime[] = sixGates,
): Judged {
  const [toScreen = [], toConfirm = []] = plannedOrders(2, mostPairs, seed);
  const screened: DeployPair[] = [];
  const found = new Map<TimeName, Screening>();
  firstDeploys(machine);
  for (const look of looks) {
    screened.push(...measureInTurns(machine, toScreen.slice(screened.length, look), slower));
    for (const { name, margin } of gates.filter((gate) => (found.get(gate.name) ?? 'open') === 'open')) {
      found.set(name, screen(pairsIn(screened, name), margin));
    }
    const states = [...found.values()];
    if (states.includes('suspect') || !states.includes('open')) break;
  }
  const suspects = gates.filter(({ name }) => found.get(name) === 'suspect');
  if (suspects.length === 0) return { pairs: screened.length, regressed: [] };
  firstDeploys(machine);
  const fresh = measureInTurns(machine, toConfirm.slice(0, confirmingPairs), slower);
  const regressed = suspects.filter(({ name, margin }) => confirm(pairsIn(fresh, name), margin) === 'regressed');
  return {
    pairs: screened.length + fresh.length,
    regressed: regressed.map(({ name }) => name),
  };
}

/** A lap begins with a first deploy of either variant, which no gate looks at. */
function firstDeploys(machine: Machine): void {
  nextDeploy(machine, 0);
  nextDeploy(machine, 0);
}

/** A run with a fixed number of pairs, and one look at them. */
export function judgeAllOnce(measured: readonly DeployPair[], gates: readonly GatedTime[] = sixGates): Judged {
  const regressed = gates.filter(({ name, margin }) => judgeOnce(pairsIn(measured, name), margin) === 'regressed');
  return {
    pairs: measured.length,
    regressed: regressed.map(({ name }) => name),
  };
}

/** One cell of a table: this noise times `scale`, and a variant that is slower. */
export interface Cell {
  readonly model: NoiseModel;
  readonly scale: number;
  readonly slower: Slower;
}

export function screenedRuns(
  { model, scale, slower }: Cell,
  runs: number,
  random: RandomGenerator,
  gates: readonly GatedTime[] = sixGates,
): Judged[] {
  return repeat(runs, () => {
    const seed = newSeed(random);
    return screenAndConfirm(machineOf(model, scale, random), seed, slower, gates);
  });
}

export function runsJudgedOnce(
  cell: Cell,
  pairs: number,
  runs: number,
  random: RandomGenerator,
  gates: readonly GatedTime[] = sixGates,
): Judged[] {
  return repeat(runs, () => judgeAllOnce(measureCell(cell, pairs, random), gates));
}

/** So many pairs in turns, as a run of fixed length measures them. */
export function measureCell({ model, scale, slower }: Cell, pairs: number, random: RandomGenerator): DeployPair[] {
  const [orders = []] = plannedOrders(1, pairs, newSeed(random));
  return measureInTurns(machineOf(model, scale, random), orders, slower);
}

/** Share of the runs that fail: in which any gate has regressed. */
export function anyRegressed(runs: readonly Judged[]): number {
  return shareOf(runs, ({ regressed }) => regressed.length > 0);
}

/** Pairs that a run takes on average. */
export function meanPairs(runs: readonly Judged[]): number {
  return runs.reduce((sum, { pairs }) => sum + pairs / runs.length, 0);
}
