import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTwoRevisions } from '../../../src/scenario/two-revisions.ts';
import { commit, gitIn } from './repository.ts';
import { app, branched, dockerfile, failureOf, open, patience, slimmed, written } from './two-revisions/opened.ts';

vi.setConfig(patience);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('base and head', () => {
  it('are two variants of one scenario, both of them as they were committed', async () => {
    const folder = branched(app, slimmed);
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules/x'), 'left from a build');
    writeFileSync(join(folder, 'Dockerfile'), 'FROM not-committed');
    const opened = await open(folder, { subject: dockerfile({ health: '/up', name: 'shop' }) });
    const [base, head] = opened.scenario.variants;
    expect(opened.scenario.variants.map(({ name, ref }) => [name, ref])).toEqual([
      ['base', 'main'],
      ['head', 'HEAD'],
    ]);
    expect(readFileSync(base.dockerfile, 'utf8')).toBe(app.Dockerfile);
    expect(head === undefined ? '' : readFileSync(head.dockerfile, 'utf8')).toBe(slimmed.Dockerfile);
    for (const variant of opened.scenario.variants)
      expect(existsSync(join(variant.context, 'node_modules'))).toBe(false);
    expect(opened).toMatchObject({
      base: { ref: 'main', commit: gitIn(folder, 'rev-parse', 'main') },
      head: { ref: 'HEAD', commit: gitIn(folder, 'rev-parse', 'work') },
      baseMissing: null,
      dockerfile: 'Dockerfile',
      warnings: ['What is not committed is not measured: here 1 changed and 1 untracked paths are not as in HEAD.'],
    });
    expect(opened.scenario).toMatchObject({
      name: 'shop',
      app: { port: 3000 },
      ready: { check: 'http', path: '/up' },
      edits: { 'code-edit': [{ file: 'src/index.ts' }], 'dependency-edit': [{ file: 'package-lock.json' }] },
    });
    const [told, ...found] = opened.scenario.assumed;
    expect(told).toMatch(/^base is main, commit [0-9a-f]{10}; head is HEAD, commit [0-9a-f]{10}\.$/);
    expect(found).toContain('The code edit changes src/index.ts, guessed from package.json.');
  });

  it('are gone after close', async () => {
    const opened = await openTwoRevisions(
      { base: 'main', head: null, subject: () => dockerfile() },
      branched(app, slimmed),
    );
    const folders = opened.scenario.variants.map(({ context }) => context);
    expect(folders.map((folder) => existsSync(folder))).toEqual([true, true]);
    await opened.close();
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, false]);
  });

  it('may be named in any way, and head need not be what is checked out', async () => {
    const folder = branched(app, slimmed);
    commit(folder, { 'src/index.ts': 'export const x = 1' });
    gitIn(folder, 'tag', 'v2', 'HEAD~1');
    writeFileSync(join(folder, 'Dockerfile'), 'FROM not-committed');
    const opened = await open(folder, { base: gitIn(folder, 'rev-parse', 'main'), head: 'v2' });
    expect(opened.head).toEqual({ ref: 'v2', commit: gitIn(folder, 'rev-parse', 'v2') });
    // The working folder is not what is measured, and nobody can take it for that.
    expect(opened.warnings).toEqual([]);
    expect(opened.scenario.assumed[0]).toMatch(/^base is commit [0-9a-f]{10}; head is v2, commit/);
  });

  it('are built from the same paths below a working folder that is not the root', async () => {
    const inApi = (files: Record<string, string>): Record<string, string> =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`services/api/${path}`, text]));
    const folder = branched({ ...inApi(app), 'shared/x': 'x' }, inApi(slimmed));
    const opened = await open(folder, {
      cwd: 'services',
      subject: dockerfile({
        dockerfiles: [join(folder, 'services/api/Dockerfile')],
        context: 'api',
        edit: 'api/src/index.ts',
      }),
    });
    expect(opened.dockerfile).toBe('services/api/Dockerfile');
    expect(opened.scenario.name).toBe('services');
    expect(opened.scenario.variants.map(({ context }) => context.endsWith('/tree/services/api'))).toEqual([true, true]);
  });

  it('may have a Dockerfile outside of its context', async () => {
    const files = {
      'docker/Dockerfile': app.Dockerfile,
      'app/package.json': app['package.json'],
      'app/src/index.ts': '',
    };
    const folder = branched(files, { 'app/src/index.ts': 'export {}' });
    const subject = dockerfile({ dockerfiles: ['docker/Dockerfile'], context: 'app' });
    const { scenario, baseMissing } = await open(folder, { subject });
    expect(baseMissing).toBeNull();
    expect(
      scenario.variants.map((variant) => [variant.dockerfile, variant.context].map((path) => path.split('/tree/')[1])),
    ).toEqual([
      ['docker/Dockerfile', 'app'],
      ['docker/Dockerfile', 'app'],
    ]);
  });
});

describe('a written scenario', () => {
  const yaml = (variants: string): string =>
    `variants:\n${variants}context: app\napp: { port: 3000 }\nready: { path: /up }\nedits:\n  code-edit:\n    - replace: { file: src/index.ts, find: one, with: 'one {{nonce}}' }\n`;
  const files = {
    'bench/scenario.yaml': yaml('  slim: { dockerfile: Dockerfile.slim }\n  fat: {}\n'),
    'bench/Dockerfile': app.Dockerfile,
    'bench/Dockerfile.slim': app.Dockerfile,
    'bench/app/src/index.ts': 'one',
  };

  it('is that of head, with the files of both', async () => {
    const folder = branched(
      { ...files, 'bench/scenario.yaml': 'nonsense: yes' },
      {
        'bench/scenario.yaml': files['bench/scenario.yaml'],
        'bench/app/src/index.ts': 'one\ntwo',
      },
    );
    const opened = await open(folder, { subject: written('bench', { variant: 'slim' }) });
    expect(opened.baseMissing).toBeNull();
    expect(opened.dockerfile).toBe('bench/Dockerfile.slim');
    expect(opened.scenario.variants.map(({ name, ref }) => [name, ref])).toEqual([
      ['base', 'main'],
      ['head', 'HEAD'],
    ]);
    expect(opened.scenario.variants.map(({ context }) => readFileSync(join(context, 'src/index.ts'), 'utf8'))).toEqual([
      'one',
      'one\ntwo',
    ]);
    expect(opened.scenario.name).toBe('bench');
  });

  it('needs to be told which variant where it has several', async () => {
    const folder = branched(files, { 'bench/x': '' });
    expect(await failureOf(folder, { subject: written('bench') })).toMatchObject({
      code: 'USAGE',
      message: 'The scenario bench has several variants, slim, fat: base and head are compared by one.',
      hint: '--variant slim',
    });
    expect(await failureOf(folder, { subject: written('bench', { variant: 'slin' }) })).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('did you mean "slim"?'),
    });
  });

  it('is not compared where its edit cannot be made in base', async () => {
    const folder = branched({ ...files, 'bench/app/src/index.ts': 'zero' }, files);
    const { baseMissing, scenario } = await open(folder, {
      subject: written('bench/scenario.yaml', { variant: 'fat' }),
    });
    expect(baseMissing).toBe(
      'main has a src/index.ts without the text to replace, where the code edit of HEAD is made.',
    );
    expect(scenario.variants.map(({ name }) => name)).toEqual(['head']);
  });

  it('is not compared where a written edit of dependencies cannot be made in base', async () => {
    const more = `${files['bench/scenario.yaml']}  dependency-edit:\n    - append: { file: lock, text: '{{nonce}}' }\n`;
    const folder = branched(files, { 'bench/scenario.yaml': more, 'bench/app/lock': '' });
    const { baseMissing } = await open(folder, { subject: written('bench', { variant: 'fat' }) });
    expect(baseMissing).toBe('main has no lock in its build context, where the dependency edit of HEAD is made.');
  });

  it('has its overlays in the files of head', async () => {
    const overlay = yaml('  fat: {}\n').replace(/ {4}- replace.*\n/, '    - overlay: new\n');
    const folder = branched(
      { ...files, 'bench/scenario.yaml': overlay },
      { 'bench/new/src/index.ts': 'three {{nonce}}' },
    );
    const { scenario, baseMissing } = await open(folder, { subject: written('bench') });
    expect(baseMissing).toBeNull();
    const [edit] = scenario.edits['code-edit'] ?? [];
    expect(edit).toEqual({ action: 'overlay', folder: join(scenario.folder, 'new') });
    expect(existsSync(join(scenario.folder, 'new/src/index.ts'))).toBe(true);
  });
});
