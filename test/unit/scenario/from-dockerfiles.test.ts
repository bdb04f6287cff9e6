import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DeployclockError } from '../../../src/errors.ts';
import type { Given } from '../../../src/scenario/from-dockerfiles/given.ts';
import { scenarioFromDockerfiles } from '../../../src/scenario/from-dockerfiles.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { bytes } from '../../../src/units.ts';
import { folderWith } from './folder.ts';
import { given } from './from-dockerfiles/given.ts';
import { commit, everythingIn, gitIn, repositoryWith } from './repository.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The scenario of what was said in `cwd`, and that nothing changed there. */
async function scenarioOf(cwd: string, over: Partial<Given>, watched = cwd): Promise<Scenario> {
  const before = everythingIn(watched);
  const { scenario, close } = await scenarioFromDockerfiles(given(over), cwd);
  onTestFinished(close);
  expect(everythingIn(watched)).toEqual(before);
  return scenario;
}

async function failureOf(cwd: string, over: Partial<Given>): Promise<DeployclockError> {
  const temporary = folderWith({});
  vi.stubEnv('TMPDIR', temporary);
  const error: unknown = await scenarioFromDockerfiles(given(over), cwd).catch((thrown: unknown) => thrown);
  expect(readdirSync(temporary)).toEqual([]);
  if (error instanceof DeployclockError) return error;
  throw error;
}

const app = {
  Dockerfile: 'FROM node:20\nCOPY . .\nEXPOSE 3000\nCMD ["node", "dist/index.js"]\n',
  'Dockerfile.slim': 'FROM node:20-slim\nCOPY . .\nEXPOSE 3000\nCMD ["node", "dist/index.js"]\n',
  'package.json': '{ "name": "app", "main": "dist/index.js" }',
  'package-lock.json': '{ "name": "app", "lockfileVersion": 3 }',
  'src/index.ts': 'export {}',
  '.dockerignore': 'node_modules\n',
};

describe('Dockerfiles that nobody described', () => {
  it('are a scenario, and what was found out is told', async () => {
    const cwd = folderWith(app);
    const scenario = await scenarioOf(cwd, { dockerfiles: ['Dockerfile', 'Dockerfile.slim'], health: '/healthz' });
    const common = { context: cwd, target: null, buildArgs: {}, builder: 'warm', ref: null, links: null };
    expect(scenario).toEqual({
      name: expect.stringMatching(/^deployclock-test-/),
      description: '',
      folder: cwd,
      variants: [
        { ...common, name: 'dockerfile', dockerfile: join(cwd, 'Dockerfile') },
        { ...common, name: 'slim', dockerfile: join(cwd, 'Dockerfile.slim') },
      ],
      app: { port: 3000, env: {} },
      ready: { check: 'http', path: '/healthz', status: 200, body: null, successes: 1, timeout: 60_000 },
      edits: {
        'code-edit': [
          {
            action: 'append',
            file: 'src/index.ts',
            text: "\nObject.assign(globalThis, { deployclockCodeEdit: '{{nonce}}' });\n",
          },
        ],
        'dependency-edit': [
          {
            action: 'replace',
            file: 'package-lock.json',
            find: '"lockfileVersion":',
            with: '"deployclockEdit": "{{nonce}}", "lockfileVersion":',
          },
        ],
      },
      links: {
        uplink: { label: '100mbps', rate: 100e6, roundTrip: 0 },
        downlink: { label: '100mbps', rate: 100e6, roundTrip: 0 },
        mirror: { label: 'unshaped', rate: null, roundTrip: 0 },
      },
      server: { cpus: null, memory: null },
      replace: 'stop-first',
      stopTimeout: 10_000,
      phaseTimeout: 600_000,
      gates: [],
      assumed: [
        'The build context of Dockerfile and Dockerfile.slim is the working folder; --context names another.',
        'Port 3000, from EXPOSE in Dockerfile and Dockerfile.slim.',
        'The code edit changes src/index.ts, guessed from package.json.',
        'The dependency edit changes package-lock.json.',
      ],
    });
  });

  it('are one Dockerfile where none is named', async () => {
    const { variants } = await scenarioOf(folderWith(app), {});
    expect(variants.map(({ name }) => name)).toEqual(['dockerfile']);
  });

  it('are as was said', async () => {
    const cwd = folderWith({ 'app/main.py': '', 'app/x.py': '', Dockerfile: 'FROM python AS run\nFROM run' });
    const scenario = await scenarioOf(cwd, {
      dockerfiles: ['./Dockerfile'],
      context: 'app',
      target: 'run',
      buildArgs: { A: '1' },
      env: { B: '2' },
      name: 'shop',
      port: 8000,
      health: '/up',
      edit: 'x.py',
      builders: ['fresh', 'registry-cache'],
      replace: 'start-first',
      server: { cpus: 0.5, memory: bytes(512e6) },
    });
    expect(scenario).toMatchObject({
      name: 'shop',
      variants: [
        { name: 'dockerfile-fresh', builder: 'fresh', context: join(cwd, 'app'), target: 'run', buildArgs: { A: '1' } },
        { name: 'dockerfile-registry-cache', builder: 'registry-cache' },
      ],
      app: { port: 8000, env: { B: '2' } },
      ready: { check: 'http', path: '/up' },
      edits: { 'code-edit': [{ file: 'x.py' }] },
      replace: 'start-first',
      server: { cpus: 0.5, memory: 512e6 },
      assumed: [expect.stringContaining('No dependency edit')],
    });
  });

  it('may have contexts of their own', async () => {
    const one = (text: string) => `FROM ${text}\nCOPY package.json src ./\nEXPOSE 80\n`;
    const files = { 'package.json': '{ "name": "x", "source": "src/a.js" }', 'src/a.js': '' };
    const cwd = folderWith({
      ...Object.fromEntries(
        ['before', 'after'].flatMap((side) => Object.entries(files).map(([path, text]) => [`${side}/${path}`, text])),
      ),
      'before/Dockerfile': one('node:20'),
      'after/Dockerfile': one('node:20-slim'),
    });
    const scenario = await scenarioOf(cwd, { dockerfiles: ['before/Dockerfile', 'after/Dockerfile'] });
    expect(scenario.variants).toMatchObject([
      { name: 'before', context: join(cwd, 'before') },
      { name: 'after', context: join(cwd, 'after') },
    ]);
    expect(scenario.edits['code-edit']).toMatchObject([{ file: 'src/a.js' }]);
    expect(scenario.assumed.slice(0, 2)).toEqual([
      'The build context of before/Dockerfile is before, which holds what is copied; --context names another.',
      'The build context of after/Dockerfile is after, which holds what is copied; --context names another.',
    ]);
  });

  it('keep secrets out of what is told', async () => {
    const cwd = folderWith({
      Dockerfile:
        'ARG BASE\nFROM $BASE\nARG KEY\nEXPOSE 80 $KEY\nHEALTHCHECK CMD curl http://localhost:$TOKEN/x?$KEY\n',
      'a.txt': '',
    });
    const secrets = { buildArgs: { BASE: 'node', KEY: 'hush-one' }, env: { TOKEN: 'hush-two' } };
    const { assumed } = await scenarioOf(cwd, secrets);
    expect(assumed.join('\n')).not.toContain('hush');
    for (const wrong of [{ target: 'gone' }, { edit: 'gone.ts' }, { context: 'gone' }, { dockerfiles: ['gone'] }]) {
      const error = await failureOf(cwd, { ...secrets, ...wrong });
      expect(`${error.message}${error.excerpt}${error.hint}`).not.toContain('hush');
    }
  });

  it.each([
    [{ dockerfiles: ['Dockerfile.slm'] }, 'DOCKERFILE_NOT_FOUND', 'Did you mean "Dockerfile.slim"?'],
    [{ dockerfiles: ['gone/Dockerfile'] }, 'DOCKERFILE_NOT_FOUND', 'There is no Dockerfile gone/Dockerfile here.'],
    [{ target: 'run' }, 'DOCKERFILE_INVALID', 'Dockerfile:1:1: there is no stage "run"'],
    [{ context: 'gone' }, 'USAGE', 'there is no such folder'],
    [{ edit: 'src/idnex.ts' }, 'USAGE', 'Did you mean "src/index.ts"?'],
  ])('are refused: %j', async (over, code, message) => {
    const error = await failureOf(folderWith(app), over);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

describe('git revisions', () => {
  /** A repository whose Dockerfile was slimmed after v1.2. */
  function slimmed(): string {
    const folder = repositoryWith(app);
    gitIn(folder, 'tag', 'v1.2');
    commit(folder, { Dockerfile: app['Dockerfile.slim'], 'src/index.ts': 'export const two = 2;' });
    return folder;
  }

  it('are compared with the files as they are', async () => {
    const cwd = slimmed();
    const scenario = await scenarioOf(cwd, { dockerfiles: ['Dockerfile@v1.2', 'Dockerfile'] });
    const [old, now] = scenario.variants;
    expect(old).toMatchObject({ name: 'v1-2', ref: 'v1.2' });
    expect(now).toMatchObject({ name: 'dockerfile', ref: null, context: cwd, dockerfile: join(cwd, 'Dockerfile') });
    expect(old.context).not.toBe(cwd);
    expect(old.dockerfile).toBe(join(old.context, 'Dockerfile'));
    expect(scenario.folder).toBe(cwd);
    const commitHash = gitIn(cwd, 'rev-parse', 'v1.2').slice(0, 10);
    expect(scenario.assumed[0]).toBe(`v1.2 is commit ${commitHash}.`);
    expect(scenario.assumed[1]).toContain('of Dockerfile@v1.2 and Dockerfile is the working folder');
    expect(scenario.edits['code-edit']).toMatchObject([{ file: 'src/index.ts' }]);
  });

  it('are all combined with all Dockerfiles', async () => {
    const scenario = await scenarioOf(slimmed(), {
      refs: ['v1.2', 'HEAD'],
      dockerfiles: ['Dockerfile', 'Dockerfile.slim'],
    });
    expect(scenario.variants.map(({ name, ref }) => `${name} ${ref}`)).toEqual([
      'dockerfile-v1-2 v1.2',
      'slim-v1-2 v1.2',
      'dockerfile-head HEAD',
      'slim-head HEAD',
    ]);
  });

  it('mean Dockerfile where none is named, and work below the root', async () => {
    const folder = repositoryWith({ 'api/Dockerfile': app.Dockerfile, 'api/main.py': '' });
    const scenario = await scenarioOf(join(folder, 'api'), { refs: ['main'] }, folder);
    expect(scenario.name).toBe('api');
    expect(scenario.variants[0].context.endsWith('/tree/api')).toBe(true);
    expect(scenario.edits['code-edit']).toMatchObject([{ file: 'main.py' }]);
  });

  it('hold a context of that name', async () => {
    const cwd = repositoryWith({ Dockerfile: app.Dockerfile, 'app/main.py': '' });
    mkdirSync(join(cwd, 'new'));
    const { variants } = await scenarioOf(cwd, { refs: ['main'], context: join(cwd, 'app'), edit: 'app/main.py' });
    expect(variants[0].context.endsWith('/tree/app')).toBe(true);
    expect((await failureOf(cwd, { refs: ['main'], context: 'new' })).message).toContain('no such folder in main');
  });

  it('leave submodules out, and say so', async () => {
    const library = repositoryWith({ inside: 'x' });
    const cwd = repositoryWith(app);
    gitIn(cwd, 'submodule', 'add', '--quiet', library, 'vendor');
    commit(cwd, {});
    const { assumed } = await scenarioOf(cwd, { refs: ['HEAD'] });
    expect(assumed).toContain('Submodules are left out of HEAD: vendor.');
  });

  it('are gone after close', async () => {
    const { scenario, close } = await scenarioFromDockerfiles(given({ refs: ['HEAD'] }), slimmed());
    expect(existsSync(scenario.variants[0].context)).toBe(true);
    await close();
    expect(existsSync(scenario.variants[0].context)).toBe(false);
  });

  it.each([
    [{ refs: ['v1.3'] }, 'REVISION_NOT_FOUND', 'Did you mean "v1.2"?'],
    [
      { dockerfiles: ['Dockerfile.slim@v1.2', 'Dockerfile.fat@v1.2'] },
      'DOCKERFILE_NOT_FOUND',
      'no Dockerfile Dockerfile.fat in v1.2',
    ],
    [
      { dockerfiles: ['Dockerfile@v1.2'], refs: ['main'] },
      'USAGE',
      'Dockerfile@v1.2 names a revision, and --ref names others',
    ],
    [{ dockerfiles: ['../Dockerfile@v1.2'] }, 'USAGE', 'outside of the repository'],
    [
      { dockerfiles: ['Dockerfile@v1.2'], target: 'x' },
      'DOCKERFILE_INVALID',
      'Dockerfile@v1.2:1:1: there is no stage "x"',
    ],
  ])('that cannot be taken leave nothing behind: %j', async (over, code, message) => {
    const error = await failureOf(slimmed(), over);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});
