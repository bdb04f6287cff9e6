import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DeployclockError } from '../../errors.ts';
import { parseDockerfileName } from '../from-dockerfiles/dockerfile-name.ts';
import type { Given, Overrides } from '../from-dockerfiles/given.ts';
import { scenarioFromDockerfiles } from '../from-dockerfiles.ts';
import { loadScenario, nameOfFolder } from '../load-scenario.ts';
import { nearestWord } from '../nearest-word.ts';
import { isFile, isFolder } from '../on-disk.ts';
import { override } from '../override.ts';
import type { Scenario, Variant } from '../scenario.ts';
import { fromCwd, fromRoot, type HeadFolders, requireCommitted } from './paths.ts';

/** What is measured at both revisions. Paths count from the working folder. */
export type RevisionSubject =
  /** `given` names one Dockerfile at the most, without a revision; without any it is `Dockerfile`. */
  | { readonly sort: 'dockerfile'; readonly given: Given }
  /** A folder with a scenario.yaml, or such a file. `variant` null: the only one. */
  | {
      readonly sort: 'scenario';
      readonly scenario: string;
      readonly variant: string | null;
      readonly overrides: Overrides;
    };

/** Where head's files lie: `tree` is the folder that stands for the repository's own. */
export interface Head extends HeadFolders {
  readonly tree: string;
}

/** A scenario of one variant, as it is in head. */
export interface HeadScenario extends Scenario {
  readonly variants: readonly [Variant];
}

/**
 * The subject as head has it, everything that was not said found there.
 * @throws DeployclockError as `deployclock run` does; USAGE also for what names revisions, lies outside of the repository, or is not committed
 */
export async function headScenarioOf(subject: RevisionSubject, head: Head): Promise<HeadScenario> {
  const { builders } = subject.sort === 'dockerfile' ? subject.given : subject.overrides;
  if (builders.length > 1) {
    throw new DeployclockError('USAGE', `--builder ${builders.join(',')}: base and head are built in one mode.`, {
      hint: `--builder ${builders[0]}`,
    });
  }
  const scenario =
    subject.sort === 'dockerfile' ? await fromDockerfile(subject.given, head) : fromWritten(subject, head);
  const [variant] = scenario.variants;
  fromRoot(head.tree, variant.context, `The build context ${fromCwd(variant.context, head.headCwd)}`);
  return { ...scenario, variants: [variant] };
}

async function fromDockerfile(given: Given, head: Head): Promise<Scenario> {
  const { cwd, headCwd, headRef } = head;
  const [written = 'Dockerfile', second] = given.dockerfiles;
  if (second !== undefined) {
    throw new DeployclockError('USAGE', `${written} and ${second}: base and head are compared by one Dockerfile.`, {
      hint: `deployclock run ${given.dockerfiles.join(' ')} compares Dockerfiles with each other.`,
    });
  }
  const path = fromCwd(written, cwd);
  fromRoot(head.tree, resolve(headCwd, path), written);
  if (given.refs.length > 0 || (!isFile(resolve(headCwd, path)) && namesRevision(written, cwd))) {
    throw new DeployclockError('USAGE', `${written}: the revisions to compare are those of --base and --head.`, {
      hint: 'Name the Dockerfile alone.',
    });
  }
  if (!isFile(resolve(headCwd, path))) {
    requireCommitted(written, head);
    throw missingDockerfile(path, headCwd, headRef);
  }
  const here = {
    dockerfiles: [path],
    context: given.context === null ? null : fromCwd(given.context, cwd),
    edit: given.edit === null ? null : fromCwd(given.edit, cwd),
    name: given.name ?? nameOfFolder(cwd),
  };
  // Nothing is to be closed: the files of the revision are there already.
  return (await scenarioFromDockerfiles({ ...given, ...here }, headCwd)).scenario;
}

function namesRevision(written: string, cwd: string): boolean {
  return parseDockerfileName(written, (path) => isFile(resolve(cwd, path))).ref !== null;
}

/** A name that is nearly that of a file beside it is a slip. */
function missingDockerfile(path: string, headCwd: string, ref: string): DeployclockError {
  const folder = dirname(resolve(headCwd, path));
  const beside = isFolder(folder) ? readdirSync(folder).filter((name) => isFile(join(folder, name))) : [];
  const nearest = nearestWord(relative(folder, resolve(headCwd, path)), beside);
  const help = nearest === null ? '' : ` Did you mean "${nearest}"?`;
  return new DeployclockError('DOCKERFILE_NOT_FOUND', `There is no Dockerfile ${path} in ${ref}.${help}`, {
    hint: `git ls-tree -r --name-only ${ref}`,
  });
}

type WrittenSubject = Extract<RevisionSubject, { sort: 'scenario' }>;

function fromWritten({ scenario: written, variant, overrides }: WrittenSubject, head: Head): Scenario {
  const path = fromCwd(written, head.cwd);
  fromRoot(head.tree, resolve(head.headCwd, path), written);
  requireCommitted(written, head);
  // No bundled scenario is meant: those are in no repository of the user's.
  const scenario = loadScenario(path, head.headCwd, '');
  return override({ ...scenario, variants: [chooseVariant(scenario, variant)] }, overrides);
}

function chooseVariant({ name: scenario, variants }: Scenario, wanted: string | null): Variant {
  const [first, ...others] = variants;
  const names = variants.map(({ name }) => name);
  if (wanted === null) {
    if (others.length === 0) return first;
    throw new DeployclockError(
      'USAGE',
      `The scenario ${scenario} has several variants, ${names.join(', ')}: base and head are compared by one.`,
      { hint: `--variant ${first.name}` },
    );
  }
  const chosen = variants.find(({ name }) => name === wanted);
  if (chosen !== undefined) return chosen;
  const nearest = nearestWord(wanted, names);
  const help = nearest === null ? `it has ${names.join(', ')}.` : `did you mean "${nearest}"?`;
  throw new DeployclockError('USAGE', `The scenario ${scenario} has no variant "${wanted}": ${help}`, {
    hint: `--variant ${nearest ?? first.name}`,
  });
}
