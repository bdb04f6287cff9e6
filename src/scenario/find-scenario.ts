import { type Dirent, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DeployclockError } from '../errors.ts';
import { nearestWord } from './nearest-word.ts';
import { isFile, isFolder } from './on-disk.ts';

const scenarioFileName = 'scenario.yaml';

/**
 * Absolute path of the scenario.yaml that `pathOrName` means: a file, a folder that holds one, or the name of a folder under `bundled`.
 * What lies at the path comes before a bundled scenario of that name.
 * @throws DeployclockError SCENARIO_NOT_FOUND, naming the nearest bundled scenario
 */
export function findScenario(pathOrName: string, cwd: string, bundled: string): string {
  const path = resolve(cwd, pathOrName);
  if (isFile(path)) return path;
  if (isFile(join(path, scenarioFileName))) return join(path, scenarioFileName);

  const names = bundledScenarios(bundled);
  if (names.includes(pathOrName)) return join(bundled, pathOrName, scenarioFileName);
  const nearest = nearestWord(pathOrName, names);
  const choice = names.length === 0 ? 'none is bundled' : `the bundled ones are ${names.join(', ')}`;
  throw new DeployclockError(
    'SCENARIO_NOT_FOUND',
    `There is no scenario "${pathOrName}": no ${scenarioFileName} there, and no bundled scenario of that name` +
      (nearest === null ? `; ${choice}.` : `. Did you mean "${nearest}"?`),
  );
}

/** Names of the scenarios that come with the tool, sorted: the folders of `bundled` that hold a scenario.yaml. */
export function bundledScenarios(bundled: string): string[] {
  return foldersOf(bundled)
    .map((entry) => entry.name)
    .filter((name) => isFile(join(bundled, name, scenarioFileName)))
    .sort((one, other) => (one < other ? -1 : 1));
}

function foldersOf(folder: string): Dirent[] {
  return isFolder(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
}
