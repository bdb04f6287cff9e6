import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarioFromDockerfiles } from '../../../src/scenario/from-dockerfiles.ts';
import { loadScenario } from '../../../src/scenario/load-scenario.ts';
import { readWritten } from '../../../src/scenario/read-written.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { writeScenario } from '../../../src/scenario/write-scenario.ts';
import { anyScenario, filesForAnyScenario } from './any-scenario.ts';
import { folderWith } from './folder.ts';
import { given } from './from-dockerfiles/given.ts';

const schemaFile = '/opt/deployclock/schema/scenario.schema.json';

function loaded(scenario: Scenario): Scenario {
  writeFileSync(join(scenario.folder, 'scenario.yaml'), writeScenario(scenario, schemaFile));
  return loadScenario('.', scenario.folder, '/nowhere');
}

/** What a file without gates shows. */
const exampleGates = [
  { metric: 'code-edit.release', budget: 30_000, level: 'error' },
  { metric: 'code-edit.pull', budget: null, maxIncrease: 0.05, floorMs: 200 },
  { metric: 'image.bytes', budget: 300e6, level: 'warn' },
];

/** A file with every default and example in force. */
function uncommented(text: string): string {
  return text.replace(/^( *)# (?!yaml-language-server)(?= *[a-z.-]+:(?: |$))/gm, '$1');
}

describe('what is written', () => {
  it('loads as the same scenario', () => {
    const folder = folderWith(filesForAnyScenario);
    fc.assert(
      fc.property(anyScenario(folder), (scenario) => {
        expect(loaded(scenario)).toEqual(scenario);
      }),
      { numRuns: 200 },
    );
  }, 20_000);

  it('loads as the scenario of Dockerfiles, but for what it tells', async () => {
    const cwd = folderWith({
      Dockerfile: 'FROM node\nEXPOSE 3000',
      'Dockerfile.slim': 'FROM node\nHEALTHCHECK CMD curl localhost:3000/up',
      'package.json': '{ "main": "dist/index.js" }',
      'yarn.lock': '# yarn lockfile v1',
      'src/index.ts': 'export {}',
    });
    const said = {
      dockerfiles: ['Dockerfile', 'Dockerfile.slim'],
      env: { A: '20.10' },
      builders: ['fresh', 'warm'],
    } as const;
    const { scenario } = await scenarioFromDockerfiles(given(said), cwd);
    expect(scenario.assumed.length).toBeGreaterThan(3);
    expect(loaded(scenario)).toEqual({ ...scenario, assumed: [] });
  });

  it('is valid with all that is commented out, and then says a value for every key of its check', () => {
    const folder = folderWith(filesForAnyScenario);
    fc.assert(
      fc.property(anyScenario(folder), (scenario) => {
        const plain = { ...scenario, description: '', server: { cpus: null, memory: null }, edits: {} };
        const text = uncommented(writeScenario(plain, schemaFile));
        const written = readWritten({ path: 'scenario.yaml', text }).scenario;
        expect(written).toMatchObject({
          description: 'Two ways to build the app.',
          server: { cpus: 1, memory: 2 ** 30 },
          edits: { 'code-edit': [expect.anything()], 'dependency-edit': [expect.anything()] },
          links: scenario.links,
          timeouts: { stop: scenario.stopTimeout, phase: scenario.phaseTimeout },
          gates: scenario.gates.length > 0 ? scenario.gates : exampleGates,
        });
      }),
      { numRuns: 50 },
    );
  });

  it('begins with the schema for editors, and what was found out', async () => {
    const cwd = folderWith({ Dockerfile: 'FROM nginx', 'index.html': '' });
    const { scenario } = await scenarioFromDockerfiles(given({ health: '/' }), cwd);
    const file = join(cwd, 'node_modules/the tool/schema.json');
    expect(writeScenario(scenario, file).split('\n').slice(0, 8)).toEqual([
      '# yaml-language-server: $schema=node_modules/the%20tool/schema.json',
      '',
      '# Found out, and worth a look:',
      '#   The build context of Dockerfile is the working folder.',
      '#   Port 80, which nginx exposes, the base image of Dockerfile.',
      '#   The code edit changes index.html, guessed from its name.',
      '#   No dependency edit: no list of dependencies was found in the build context.',
      '',
    ]);
  });
});
