import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { DeployclockError } from '../errors.ts';
import { bundledScenarios as namesOf } from '../scenario/find-scenario.ts';
import { isFile, isFolder } from '../scenario/on-disk.ts';
import { type Disk, runSubjectOf } from '../scenario/run-subject.ts';
import type { RevisionSubject } from '../scenario/two-revisions/head-scenario.ts';
import { fromCwd, type HeadFolders, requireCommitted } from '../scenario/two-revisions/paths.ts';
import { openTwoRevisions, type TwoRevisions } from '../scenario/two-revisions.ts';
import { type DockerfileOptions, givenBy, refuseDockerfileOptions } from './dockerfile-options.ts';
import type { Io } from './io.ts';
import { type OverrideOptions, overridesBy } from './override-options.ts';
import { bundledScenarios } from './tool.ts';

/** Which two revisions are compared, and by which variant of a scenario. */
export interface RevisionOptions {
  readonly base: string;
  readonly head?: string;
  readonly variant?: string;
}

export function revisionOptions(command: Command): Command {
  return command
    .requiredOption('--base <revision>', 'git revision to compare with: origin/main, a tag, a commit')
    .option('--head <revision>', 'git revision that is judged; without it HEAD, without what is not committed')
    .option('--variant <name>', 'variant of the scenario that base and head are compared by');
}

/** The options as they are typed again. */
export function revisionOptionsAgain({ base, head, variant }: RevisionOptions): string[] {
  return [
    `--base ${base}`,
    ...(head === undefined ? [] : [`--head ${head}`]),
    ...(variant === undefined ? [] : [`--variant ${variant}`]),
  ];
}

const scenarioFile = 'scenario.yaml';
const disk: Disk = { isFile, namesIn: (folder) => (isFolder(folder) ? readdirSync(folder) : []) };

/**
 * What the words of a command line mean, at both revisions. What the words are is decided by the files of head.
 * @throws DeployclockError of usage, of git, and for what is wrong in head
 */
export async function openRevisions(
  words: readonly string[],
  options: RevisionOptions & DockerfileOptions & OverrideOptions,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<TwoRevisions> {
  if (options.ref !== undefined) {
    throw new DeployclockError(
      'USAGE',
      `--ref ${options.ref.join(' ')}: the revisions are those of --base and --head.`,
    );
  }
  const head = options.head ?? null;
  const subject = (headCwd: string): RevisionSubject =>
    subjectIn({ cwd: io.cwd, headCwd, headRef: head ?? 'HEAD' }, words, options, io.env);
  return await openTwoRevisions({ base: options.base, head, subject }, io.cwd);
}

function subjectIn(
  folders: HeadFolders,
  words: readonly string[],
  options: RevisionOptions & DockerfileOptions & OverrideOptions,
  env: Io['env'],
): RevisionSubject {
  const { cwd, headCwd } = folders;
  const names = words.map((word) => fromCwd(word, cwd));
  for (const name of names.length === 0 ? [scenarioFile] : names) requireCommitted(name, folders);
  for (const word of words) refuseBundled(word, headCwd);
  const subject = runSubjectOf(names, headCwd, [], disk);
  if (subject.sort === 'scenario') {
    refuseDockerfileOptions(options, subject.scenario);
    return { ...subject, variant: options.variant ?? null, overrides: overridesBy(options) };
  }
  if (options.variant !== undefined) {
    throw new DeployclockError('USAGE', `--variant ${options.variant}: a Dockerfile has no variants.`, {
      hint: `--variant is for a scenario; the stage of a Dockerfile is --target ${options.variant}`,
    });
  }
  return { sort: 'dockerfile', given: givenBy(subject.dockerfiles, options, env) };
}

function refuseBundled(word: string, headCwd: string): void {
  if (!namesOf(bundledScenarios).includes(word) || isFile(join(headCwd, word, scenarioFile))) return;
  throw new DeployclockError(
    'USAGE',
    `${word} is a bundled scenario: it is in no repository, so it has no revisions.`,
    {
      hint: 'Name a Dockerfile, or a folder with a scenario.yaml, of this repository.',
    },
  );
}
