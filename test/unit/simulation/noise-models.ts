import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { PhaseName } from '../../../src/results/sample.ts';

/** What disturbs deploys that follow each other on one machine. All of it is on the scale of logarithms: 0.05 is about 5 %. */
export interface NoiseModel {
  readonly name: string;
  /** Standard deviation of each phase's own noise, which is normal. */
  readonly own: number;
  /** How often a phase is slow for a reason of its own: by an exponential amount with a mean of 25 %. */
  readonly outliers: number;
  /** The state of the machine at the next deploy; all phases of a deploy share it. */
  readonly states: (random: RandomGenerator) => () => number;
}

const outlierMean = 0.25;

export const independent: NoiseModel = { name: 'independent', own: 0.05, outliers: 0.1, states: () => () => 0 };

/** Those whose deploys share something with the ones before them. */
export const sharedNoise: readonly NoiseModel[] = [
  { name: 'random walk', own: 0.045, outliers: 0.05, states: randomWalk },
  { name: 'linear trend', own: 0.045, outliers: 0.05, states: linearTrend },
  { name: 'noisy neighbour', own: 0.04, outliers: 0.05, states: noisyNeighbour },
];

export const noiseModels: readonly NoiseModel[] = [independent, ...sharedNoise];

/** A disk that fills, a processor that warms up: each deploy starts where the one before was, and goes on by 2 %, up or down. */
function randomWalk(random: RandomGenerator): () => number {
  let state = 0;
  return () => {
    state += 0.02 * normal(random);
    return state;
  };
}

/** Every deploy takes 0.6 % more than the one before. */
function linearTrend(): () => number {
  let state = 0;
  return () => {
    state += 0.006;
    return state;
  };
}

/** Another guest of the machine: it comes before one deploy in ten, leaves before one in five, and costs 20 % while it is there. */
function noisyNeighbour(random: RandomGenerator): () => number {
  let isThere = uniformFloat64(random) < 1 / 3;
  return () => {
    isThere = isThere ? uniformFloat64(random) >= 0.2 : uniformFloat64(random) < 0.1;
    return isThere ? 0.2 : 0;
  };
}

/** By how much each phase of the next deploy is off, as a logarithm. */
export type Machine = () => Readonly<Record<PhaseName, number>>;

/** A machine from now on; `scale` multiplies all of its noise. */
export function machineOf({ own, outliers, states }: NoiseModel, scale: number, random: RandomGenerator): Machine {
  const nextState = states(random);
  return () => {
    const state = nextState();
    const offBy = (): number => {
      const outlier = uniformFloat64(random) < outliers ? exponential(random) : 0;
      return scale * (state + own * normal(random) + outlier);
    };
    return { build: offBy(), push: offBy(), pull: offBy(), stop: offBy(), start: offBy(), ready: offBy() };
  };
}

/** Standard normal, by Box and Muller's transformation. */
function normal(random: RandomGenerator): number {
  const distance = Math.sqrt(-2 * Math.log(1 - uniformFloat64(random)));
  return distance * Math.cos(2 * Math.PI * uniformFloat64(random));
}

function exponential(random: RandomGenerator): number {
  return -outlierMean * Math.log(1 - uniformFloat64(random));
}
