import type { Sample } from '../results/sample.ts';
import type { DeployKind } from '../scenario/scenario.ts';
import type { Turn } from './plan.ts';

/** Decides, as a run goes on, which of its planned turns are made. */
export interface Pace {
  /** Asked once before each round, with all samples so far; a round that does not start is left out. */
  readonly startsRound: (round: number, samples: readonly Sample[]) => boolean;
  /** Asked before each turn of a round that has started; a turn that is not wanted is left out. */
  readonly wants: (turn: Turn<DeployKind>, samples: readonly Sample[]) => boolean;
  /** The last round that is in sight by what is known so far: for people who wait. */
  readonly lastRound: (samples: readonly Sample[]) => number;
}

/** Every planned turn is made. */
export function everyTurn(rounds: number): Pace {
  return { startsRound: () => true, wants: () => true, lastRound: () => rounds };
}
