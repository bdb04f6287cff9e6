import { describe, expect, it } from 'vitest';
import { type Disk, runSubjectOf } from '../../../src/scenario/run-subject.ts';
import { errorOf } from './folder.ts';

const bundled = ['node-api', 'python-api'];

/** A disk that holds these files, and the folders that they need. */
function diskWith(...files: string[]): Disk {
  const paths = files.map((file) => `/cwd/${file}`);
  return {
    isFile: (path) => paths.includes(path),
    namesIn: (folder) => [
      ...new Set(
        paths
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
  };
}

const subject = (words: readonly string[], ...files: string[]) =>
  runSubjectOf(words, '/cwd', bundled, diskWith(...files));

describe('a scenario', () => {
  it.each([
    ['a folder with one', 'shop', ['shop/scenario.yaml']],
    ['the file', 'shop/scenario.yaml', ['shop/scenario.yaml']],
    ['a file of another name', 'fast.yml', ['fast.yml']],
    ['a bundled one', 'node-api', []],
    ['the working folder', '.', ['scenario.yaml']],
  ])('is %s', (_, word, files) => {
    expect(subject([word], ...files)).toEqual({ sort: 'scenario', scenario: word });
  });

  it('is the one in the working folder where nothing is named', () => {
    expect(subject([], 'scenario.yaml', 'Dockerfile')).toEqual({ sort: 'scenario', scenario: '.' });
  });
});

describe('Dockerfiles', () => {
  it.each([
    [
      ['Dockerfile', 'Dockerfile.slim'],
      ['Dockerfile', 'Dockerfile.slim'],
    ],
    [['docker/api.Dockerfile'], ['docker/api.Dockerfile']],
    [['build-image'], ['build-image']],
    [['Dockerfile@v1.2', 'Dockerfile'], ['Dockerfile']],
    [['old/Dockerfile@v1'], []],
    [['image@v1'], ['image']],
    [['Dockerfile@v1.2'], ['Dockerfile@v1.2']],
  ])('are %j, where %j are files', (words, files) => {
    expect(subject(words, ...files)).toEqual({ sort: 'dockerfiles', dockerfiles: words });
  });

  it('are the one in the working folder where nothing is named and there is no scenario', () => {
    expect(subject([], 'Dockerfile')).toEqual({ sort: 'dockerfiles', dockerfiles: [] });
  });
});

describe('what is neither', () => {
  it.each([
    [['node-apu'], [], 'SCENARIO_NOT_FOUND', 'Did you mean "node-api"?'],
    [['shoop'], ['shop/scenario.yaml'], 'SCENARIO_NOT_FOUND', 'Did you mean "shop"?'],
    [['gone.yaml'], [], 'SCENARIO_NOT_FOUND', 'The bundled scenarios are node-api, python-api.'],
    [['Dockerfile.slm'], ['Dockerfile.slim'], 'DOCKERFILE_NOT_FOUND', 'Did you mean "Dockerfile.slim"?'],
    [['Dockerflie'], ['Dockerfile'], 'SCENARIO_NOT_FOUND', 'Did you mean "Dockerfile"?'],
    [['node-api@v1'], [], 'SCENARIO_NOT_FOUND', 'neither a scenario'],
    [['app'], ['app/Dockerfile'], 'USAGE', 'app is a folder without a scenario.yaml, but with a Dockerfile.'],
    [['node-api', 'Dockerfile'], ['Dockerfile'], 'USAGE', 'node-api is a scenario and Dockerfile a Dockerfile'],
    [
      ['Dockerfile@v1', 'shop'],
      ['shop/scenario.yaml', 'Dockerfile'],
      'USAGE',
      'shop is a scenario and Dockerfile@v1 a Dockerfile',
    ],
    [['node-api', 'python-api'], [], 'USAGE', 'two scenarios'],
  ])('%j, where %j are files', (words, files, code, message) => {
    const error = errorOf(() => subject(words, ...files));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).not.toBeNull();
  });

  it('says how to take the Dockerfile of a folder', () => {
    expect(errorOf(() => subject(['app'], 'app/Dockerfile')).hint).toBe('deployclock run app/Dockerfile --context app');
  });
});
