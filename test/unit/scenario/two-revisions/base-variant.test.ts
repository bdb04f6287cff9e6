import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { commit, gitIn } from '../repository.ts';
import { app, branched, dockerfile, open, patience } from './opened.ts';

vi.setConfig(patience);

describe('head stands alone', () => {
  it.each([
    ['where its Dockerfile is new', { Dockerfile: null }, {}, 'main has no Dockerfile: it is new in HEAD.'],
    [
      'where what is edited is new',
      { 'src/index.ts': null, 'src/a.ts': '' },
      {},
      'main has no src/index.ts in its build context, where the code edit of HEAD is made.',
    ],
    [
      'where base leaves out by its .dockerignore what is edited',
      { '.dockerignore': 'src\n' },
      {},
      'main has no src/index.ts in its build context, where the code edit of HEAD is made.',
    ],
    [
      'where the Dockerfile of base is wrong',
      { Dockerfile: 'FORM node:20\n' },
      {},
      'main cannot be built: Dockerfile@main:1:1: unknown instruction "FORM": did you mean FROM?',
    ],
    [
      'where the stage is new',
      {},
      { target: 'run' },
      'main cannot be built: Dockerfile@main:1:1: there is no stage "run"',
    ],
    [
      'where base does not say when it is healthy',
      {},
      { health: null, healthcheck: 'CMD ./check' },
      'The Dockerfile of main has no HEALTHCHECK, which is how HEAD is seen to be ready; --health /path asks the app itself.',
    ],
  ])('%s', async (_, base, over, why) => {
    const { healthcheck, ...said } = { healthcheck: null, ...over };
    const before = Object.entries({ ...app, ...base }).filter((entry): entry is [string, string] => entry[1] !== null);
    const stage = app.Dockerfile.replace('node:20', 'node:20 AS run');
    const check = healthcheck === null ? '' : `HEALTHCHECK ${healthcheck}\n`;
    const folder = branched(Object.fromEntries(before), {
      ...app,
      Dockerfile: `${stage}${check}`,
      '.dockerignore': '',
    });
    const { baseMissing, scenario } = await open(folder, { subject: dockerfile(said) });
    expect(baseMissing).toContain(why);
    expect(scenario.variants.map(({ name, ref }) => [name, ref])).toEqual([['head', 'HEAD']]);
    expect(scenario.edits['code-edit']).toHaveLength(1);
  });

  it('where the build context is new', async () => {
    const folder = branched(
      { Dockerfile: 'FROM a\n' },
      { 'app/index.js': '', 'app/Dockerfile': 'FROM a\nEXPOSE 80\n' },
    );
    rmSync(join(folder, 'Dockerfile'));
    commit(folder, { 'docker/Dockerfile': 'FROM a\nEXPOSE 80\n' });
    gitIn(folder, 'branch', '--force', 'main');
    gitIn(folder, 'rm', '--quiet', '-r', 'app');
    commit(folder, { 'new/index.js': '' });
    const { baseMissing } = await open(folder, {
      subject: dockerfile({ dockerfiles: ['docker/Dockerfile'], context: 'new' }),
    });
    expect(baseMissing).toBe('main has no folder new, which is the build context in HEAD.');
  });
});
