import { readdirSync } from 'node:fs';
import { bundledScenarios as namesOf } from '../scenario/find-scenario.ts';
import { type OpenScenario, scenarioFromDockerfiles } from '../scenario/from-dockerfiles.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import { isFile, isFolder } from '../scenario/on-disk.ts';
import { override } from '../scenario/override.ts';
import { type Disk, runSubjectOf } from '../scenario/run-subject.ts';
import { type DockerfileOptions, givenBy, refuseDockerfileOptions } from './dockerfile-options.ts';
import type { Io } from './io.ts';
import { type OverrideOptions, overridesBy } from './override-options.ts';
import { bundledScenarios } from './tool.ts';

const disk: Disk = {
  isFile,
  namesIn: (folder) => (isFolder(folder) ? readdirSync(folder) : []),
};

/**
 * The scenario that the words of a command line mean: a written one, or Dockerfiles that nobody wrote one for.
 * @throws DeployclockError of usage, with the nearest name
 */
export async function openSubject(
  words: readonly string[],
  options: DockerfileOptions & OverrideOptions,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<OpenScenario> {
  const subject = subjectOf(words, options, io);
  if (subject.sort === 'dockerfiles')
    return await scenarioFromDockerfiles(givenBy(subject.dockerfiles, options, io.env), io.cwd);
  refuseDockerfileOptions(options, subject.scenario);
  const scenario = override(loadScenario(subject.scenario, io.cwd, bundledScenarios), overridesBy(options));
  return { scenario, close: async () => undefined };
}

/** With git revisions and no words, the Dockerfile is meant even where there is a scenario.yaml. */
function subjectOf(
  words: readonly string[],
  { ref }: DockerfileOptions,
  { cwd }: Pick<Io, 'cwd'>,
): ReturnType<typeof runSubjectOf> {
  if (words.length === 0 && ref !== undefined) return { sort: 'dockerfiles', dockerfiles: [] };
  return runSubjectOf(words, cwd, namesOf(bundledScenarios), disk);
}
