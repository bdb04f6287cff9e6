import { basename, join, resolve } from 'node:path';
import { DeployclockError } from '../errors.ts';
import { parseDockerfileName } from './from-dockerfiles/dockerfile-name.ts';
import { nearestWord } from './nearest-word.ts';

/** What the words after `deployclock run` mean. */
export type RunSubject =
  /** What `loadScenario` takes: a folder, a file, the name of a bundled scenario. */
  | { readonly sort: 'scenario'; readonly scenario: string }
  /** Empty: `Dockerfile` in the working folder. */
  | { readonly sort: 'dockerfiles'; readonly dockerfiles: readonly string[] };

/** What lies where; paths are absolute. */
export interface Disk {
  readonly isFile: (path: string) => boolean;
  /** Names in a folder; empty where there is none. */
  readonly namesIn: (folder: string) => readonly string[];
}

type Meaning = { readonly sort: 'scenario' | 'dockerfile'; readonly written: string };

const scenarioFile = 'scenario.yaml';
const looksLikeDockerfile = /(docker|container)file/i;
const looksLikeYaml = /\.ya?ml$/i;

/**
 * Decides between a scenario and Dockerfiles. With no words at all it is the scenario.yaml in `cwd` if there is one, else its Dockerfile.
 * @throws DeployclockError USAGE (mixed, or several scenarios); SCENARIO_NOT_FOUND and DOCKERFILE_NOT_FOUND with the nearest name
 */
export function runSubjectOf(
  words: readonly string[],
  cwd: string,
  bundled: readonly string[],
  disk: Disk,
): RunSubject {
  if (words.length === 0) {
    return disk.isFile(join(cwd, scenarioFile))
      ? { sort: 'scenario', scenario: '.' }
      : { sort: 'dockerfiles', dockerfiles: [] };
  }
  const meanings = words.map((word) => meaningOf(word, cwd, bundled, disk));
  const scenarios = meanings.filter(({ sort }) => sort === 'scenario');
  const [scenario, second] = scenarios;
  if (scenario === undefined) return { sort: 'dockerfiles', dockerfiles: words };
  const dockerfile = meanings.find(({ sort }) => sort === 'dockerfile');
  if (dockerfile !== undefined) {
    throw new DeployclockError(
      'USAGE',
      `${scenario.written} is a scenario and ${dockerfile.written} a Dockerfile: a run compares the variants of one scenario, or Dockerfiles.`,
      { hint: `deployclock run ${scenario.written}, with the Dockerfile as a variant in its ${scenarioFile}` },
    );
  }
  if (second === undefined) return { sort: 'scenario', scenario: scenario.written };
  throw new DeployclockError('USAGE', `${scenario.written} and ${second.written} are two scenarios: a run takes one.`, {
    hint: `deployclock run ${scenario.written}; deployclock run ${second.written}`,
  });
}

function meaningOf(written: string, cwd: string, bundled: readonly string[], disk: Disk): Meaning {
  const path = resolve(cwd, written);
  if (disk.isFile(path)) return { sort: looksLikeYaml.test(written) ? 'scenario' : 'dockerfile', written };
  if (disk.isFile(join(path, scenarioFile)) || bundled.includes(written)) return { sort: 'scenario', written };
  const { path: own, ref } = parseDockerfileName(written, (name) => disk.isFile(resolve(cwd, name)));
  if (ref !== null && (disk.isFile(resolve(cwd, own)) || looksLikeDockerfile.test(basename(own))))
    return { sort: 'dockerfile', written };
  throw unknown(written, cwd, bundled, disk);
}

function unknown(written: string, cwd: string, bundled: readonly string[], disk: Disk): DeployclockError {
  const folder = resolve(cwd, written);
  if (disk.isFile(join(folder, 'Dockerfile'))) {
    return new DeployclockError('USAGE', `${written} is a folder without a ${scenarioFile}, but with a Dockerfile.`, {
      hint: `deployclock run ${join(written, 'Dockerfile')} --context ${written}`,
    });
  }
  const here = disk.namesIn(cwd);
  const dockerfiles = here.filter((name) => looksLikeDockerfile.test(name) && disk.isFile(join(cwd, name)));
  const scenarios = here.filter((name) => disk.isFile(join(cwd, name, scenarioFile)));
  const nearest = nearestWord(written, [...dockerfiles, ...scenarios, ...bundled]);
  const help = nearest === null ? '' : ` Did you mean "${nearest}"?`;
  if (looksLikeDockerfile.test(written)) {
    return new DeployclockError('DOCKERFILE_NOT_FOUND', `There is no Dockerfile ${written} here.${help}`, {
      hint: nearest === null ? 'ls' : `deployclock run ${nearest}`,
    });
  }
  const known = nearest === null ? ` The bundled scenarios are ${bundled.join(', ') || 'none'}.` : help;
  return new DeployclockError(
    'SCENARIO_NOT_FOUND',
    `"${written}" is neither a scenario (a folder with a ${scenarioFile}, such a file, or a bundled name) nor a Dockerfile.${known}`,
  );
}
