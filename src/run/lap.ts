import { emptyState, type LapState } from '../deploy/lap-state.ts';
import type { Bench, LapLab } from '../lab/lab.ts';
import type { AppliedEdits } from '../scenario/context-copy.ts';
import { type DeployKind, type EditedKind, editedKinds, type Scenario, type Variant } from '../scenario/scenario.ts';

/** Which lap: one that is opened again for a first deploy in the wrong state has a higher attempt. */
export interface LapName {
  readonly round: number;
  readonly variant: string;
  readonly attempt: number;
}

/** A variant on its way through the kinds of a round. */
export interface Lap {
  readonly name: LapName;
  readonly lab: LapLab;
  readonly bench: Bench;
  readonly state: LapState;
  /** Nonces of the edits that are in force, by their kind; a lap begins without any. */
  readonly nonces: Readonly<Partial<Record<EditedKind, string>>>;
}

/** A deploy that began in the wrong state is measured again, up to this many times in all. */
export const mostAttempts = 3;

export function newLap(name: LapName, lab: LapLab): Lap {
  return { name, lab, bench: lab.bench, state: emptyState, nonces: {} };
}

/** The machines that a kind claims to find: the lap's own, or in the place of one of them a fresh one. */
export async function prepareBench(lap: Lap, kind: DeployKind, variant: Variant): Promise<Bench> {
  switch (kind) {
    case 'first':
    case 'rollback':
      return lap.bench;
    case 'new-server':
      if (lap.lab.withFreshServer === null) throw new RangeError('an existing server cannot be made anew');
      return await lap.lab.withFreshServer(lap.bench);
    default:
      return variant.builder === 'warm' ? lap.bench : await lap.lab.withFreshBuilder(lap.bench);
  }
}

/** The nonces once this kind's edit is made: an edit of a kind takes the place of the one before. */
export function withEdit(lap: Lap, kind: DeployKind, nonce: string): Lap['nonces'] {
  return kind === 'code-edit' || kind === 'dependency-edit' ? { ...lap.nonces, [kind]: nonce } : lap.nonces;
}

/** The edits in force, in the order in which they lie on each other. */
export function appliedEdits(scenario: Scenario, nonces: Lap['nonces']): AppliedEdits[] {
  return editedKinds.flatMap((kind) => {
    const nonce = nonces[kind];
    const edits = scenario.edits[kind];
    return nonce === undefined || edits === undefined ? [] : [{ edits, nonce }];
  });
}
