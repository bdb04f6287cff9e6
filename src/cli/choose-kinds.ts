import { DeployclockError } from '../errors.ts';
import { type DeployKind, deployKinds, type Scenario } from '../scenario/scenario.ts';
import { splitList } from './split-list.ts';

/** The kinds that a run goes through, and those that it leaves out with the reason. */
export interface ChosenKinds {
  readonly kinds: readonly DeployKind[];
  readonly skipped: readonly { readonly kind: DeployKind; readonly why: string }[];
}

/**
 * The kinds of `list`, or all that the scenario allows, in the order of a lap: whatever the order on the command line, each kind needs the
 * ones before it.
 * @param existingServer the server is an engine that was there before
 * @throws DeployclockError USAGE where a kind that was asked for cannot be run
 */
export function chooseKinds(scenario: Scenario, list: string | undefined, existingServer: boolean): ChosenKinds {
  const asked = list === undefined ? null : new Set<string>(splitList(list, deployKinds, 'deploy kind'));
  const wanted = deployKinds.filter((kind) => asked?.has(kind) ?? true);
  const kinds: DeployKind[] = [];
  const skipped: { kind: DeployKind; why: string }[] = [];
  for (const kind of wanted) {
    const obstacle = obstacleTo(kind, scenario, kinds, existingServer);
    if (obstacle === null) kinds.push(kind);
    else if (asked === null) skipped.push({ kind, why: obstacle.why });
    else throw new DeployclockError('USAGE', `${kind} cannot be run: ${obstacle.why}.`, { hint: obstacle.hint });
  }
  if (!kinds.includes('first')) {
    throw new DeployclockError(
      'USAGE',
      'Every lap begins with a first deploy: the other kinds go on from what it leaves.',
      { hint: `--kinds first,${kinds.join(',')}` },
    );
  }
  return { kinds, skipped };
}

interface Obstacle {
  readonly why: string;
  readonly hint: string;
}

function obstacleTo(
  kind: DeployKind,
  scenario: Scenario,
  before: readonly DeployKind[],
  existingServer: boolean,
): Obstacle | null {
  switch (kind) {
    case 'code-edit':
    case 'dependency-edit': {
      if (scenario.edits[kind] !== undefined) return null;
      const option = kind === 'code-edit' ? ', or name a file with --edit where there is no scenario.yaml' : '';
      return {
        why: `the scenario ${scenario.name} has no edit for it`,
        hint: `Write one under edits.${kind} in scenario.yaml${option}.`,
      };
    }
    case 'new-server':
      return existingServer
        ? { why: 'an existing engine cannot be made anew', hint: 'Leave --server out, or new-server.' }
        : null;
    case 'rollback':
      return before.includes('code-edit') || before.includes('dependency-edit')
        ? null
        : {
            why: 'there is no other release to go back to without a code-edit or a dependency-edit',
            hint: '--kinds first,code-edit,rollback',
          };
    default:
      return null;
  }
}
