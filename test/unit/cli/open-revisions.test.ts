import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openRevisions } from '../../../src/cli/open-revisions.ts';
import type { TwoRevisions } from '../../../src/scenario/two-revisions.ts';
import { commit, gitIn, repositoryWith } from '../scenario/repository.ts';

/** Each test runs git dozens of times, which is quick on a machine that has nothing else to do. */
vi.setConfig({ testTimeout: 60_000 });

const scenarioYaml = 'variants: { slim: { dockerfile: Dockerfile } }\nready: { check: exit }\n';
const files = { Dockerfile: 'FROM a\nEXPOSE 80\n', 'index.js': '' };

type Options = Omit<Parameters<typeof openRevisions>[1], 'base'>;

async function open(folder: string, words: readonly string[], options: Options = {}): Promise<TwoRevisions> {
  const opened = await openRevisions(words, { base: 'main', ...options }, { cwd: folder, env: {} });
  onTestFinished(opened.close);
  return opened;
}

function branched(changes: Readonly<Record<string, string>>): string {
  const folder = repositoryWith(files);
  gitIn(folder, 'switch', '--quiet', '--create', 'work');
  commit(folder, { ...changes, README: '1' });
  return folder;
}

describe('what is measured at base and head', () => {
  it('is the Dockerfile where nothing is named, with what was said of it', async () => {
    const { scenario } = await open(branched({}), [], { health: '/up', name: 'shop', builder: ['fresh'] });
    expect(scenario).toMatchObject({
      name: 'shop',
      ready: { path: '/up' },
      variants: [
        { name: 'base', builder: 'fresh' },
        { name: 'head', builder: 'fresh' },
      ],
    });
  });

  it('is the scenario where head has one here, with what lies over it', async () => {
    const folder = branched({ 'scenario.yaml': scenarioYaml });
    const { scenario } = await open(folder, [], { replace: 'start-first', variant: 'slim' });
    expect(scenario).toMatchObject({ ready: { check: 'exit' }, replace: 'start-first' });
    expect((await open(folder, [join(folder, 'Dockerfile')])).scenario.ready.check).toBe('tcp');
  });

  it('is decided by the files of head, not by those of the working folder', async () => {
    const folder = branched({ 'bench/scenario.yaml': scenarioYaml, 'bench/Dockerfile': 'FROM a\n' });
    gitIn(folder, 'switch', '--quiet', 'main');
    const { scenario, baseMissing } = await open(folder, ['bench'], { head: 'work' });
    expect(scenario.name).toBe('bench');
    expect(baseMissing).toBe('main has no bench/Dockerfile: it is new in work.');
  });

  it.each<[string, string[], Options, string]>([
    ['revisions', [], { ref: ['v1'] }, '--ref v1: the revisions are those of --base and --head.'],
    ['a variant of a Dockerfile', [], { variant: 'slim' }, 'a Dockerfile has no variants'],
    ['options that a scenario says itself', ['bench'], { port: 80 }, '--port: for Dockerfiles without a scenario.yaml'],
    ['a bundled scenario', ['node-api'], {}, 'node-api is a bundled scenario'],
    ['a scenario beside a Dockerfile', ['bench', 'Dockerfile'], {}, 'bench is a scenario and Dockerfile a Dockerfile'],
    ['what is not committed', ['new.Dockerfile'], {}, 'new.Dockerfile is here, but not in HEAD'],
  ])('is not %s', async (_, words, options, message) => {
    const folder = branched({ 'bench/scenario.yaml': scenarioYaml, 'bench/Dockerfile': 'FROM a\n' });
    writeFileSync(join(folder, 'new.Dockerfile'), 'FROM a');
    await expect(open(folder, words, options)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(message),
    });
  });

  it('is not a Dockerfile where a scenario.yaml is about to be committed', async () => {
    const folder = branched({});
    writeFileSync(join(folder, 'scenario.yaml'), scenarioYaml);
    await expect(open(folder, [])).rejects.toMatchObject({
      message: expect.stringContaining('scenario.yaml is here, but not in HEAD'),
      hint: 'git add scenario.yaml, then git commit',
    });
  });
});
