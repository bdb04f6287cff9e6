import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { TimeName } from '../../../src/results/metric-name.ts';
import { type PhaseName, phaseNames } from '../../../src/results/sample.ts';
import { planTurns } from '../../../src/run/plan.ts';
import type { Pair } from '../../../src/verdict/pairs.ts';
import type { Machine } from './noise-models.ts';

export const kinds = ['first', 'code-edit'] as const;
export const variants = ['base', 'head'] as const;

export type PhaseTimes = Readonly<Record<PhaseName, number>>;

/** What the phases take on a quiet machine. Of no gated time are 5 % less than the floor of 200 ms, so the floor prevents no alarm. */
const quietMs = { build: 24_000, push: 9000, pull: 8000, stop: 5000, start: 1000, ready: 6000 };

/** By which share a deploy takes longer: in every phase, or in these. */
export type Slower = number | Partial<PhaseTimes>;

/** The next deploy of this machine. */
export function nextDeploy(machine: Machine, slower: Slower): PhaseTimes {
  const noise = machine();
  const times = { ...quietMs };
  for (const name of phaseNames) {
    const share = typeof slower === 'number' ? slower : (slower[name] ?? 0);
    times[name] *= (1 + share) * Math.exp(noise[name]);
  }
  return times;
}

/** Two deploys that are compared. */
export interface DeployPair {
  readonly baselineFirst: boolean;
  readonly baseline: PhaseTimes;
  readonly variant: PhaseTimes;
}

/** As a run measures: the two deploys of a pair one after the other. `orders` says of each pair whether the baseline goes first. */
export function measureInTurns(machine: Machine, orders: readonly boolean[], slower: Slower): DeployPair[] {
  return orders.map((baselineFirst) => {
    const first = nextDeploy(machine, baselineFirst ? 0 : slower);
    const second = nextDeploy(machine, baselineFirst ? slower : 0);
    const [baseline, variant] = baselineFirst ? [first, second] : [second, first];
    return { baselineFirst, baseline, variant };
  });
}

/** As nobody should: all deploys of the baseline, then all of the variant. */
export function measureInBlocks(machine: Machine, count: number, slower: Slower): DeployPair[] {
  const baselines = repeat(count, () => nextDeploy(machine, 0));
  return baselines.map((baseline) => ({ baselineFirst: true, baseline, variant: nextDeploy(machine, slower) }));
}

/** The pairs of one time: of a phase, of all of them, or of `start` and `ready`. */
export function pairsIn(measured: readonly DeployPair[], name: TimeName): Pair[] {
  return measured.map(({ baselineFirst, baseline, variant }, index) => ({
    round: 1,
    repeat: index + 1,
    baselineFirst,
    baseline: timeIn(baseline, name),
    variant: timeIn(variant, name),
  }));
}

function timeIn(times: PhaseTimes, name: TimeName): number {
  switch (name) {
    case 'release':
      return phaseNames.reduce((sum, phase) => sum + times[phase], 0);
    case 'cold-start':
      return times.start + times.ready;
    case 'downtime':
      throw new RangeError('no downtime is simulated');
    default:
      return times[name];
  }
}

/** For each round of a run, in which order its plan has the two deploys of each pair of code edits. */
export function plannedOrders(rounds: number, pairs: number, seed: number): boolean[][] {
  const turns = planTurns({ rounds, kinds, variants, repeats: { 'code-edit': pairs }, seed });
  const edits = turns.filter(({ kind }) => kind === 'code-edit');
  return Array.from({ length: rounds }, (_, index) => {
    const own = edits.filter(({ round }) => round === index + 1);
    return own.filter((_turn, place) => place % 2 === 0).map(({ variant }) => variant === variants[0]);
  });
}

export function newSeed(random: RandomGenerator): number {
  return uniformInt(random, 1, 2 ** 31 - 1);
}

export function repeat<Result>(times: number, once: () => Result): Result[] {
  return Array.from({ length: times }, once);
}

export function shareOf<Item>(items: readonly Item[], isSo: (item: Item) => boolean): number {
  return items.filter(isSo).length / items.length;
}
