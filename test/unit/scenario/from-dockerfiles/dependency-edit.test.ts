import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editText, type FileEdit } from '../../../../src/scenario/edit.ts';
import { chooseDependencyEdit } from '../../../../src/scenario/from-dockerfiles/dependency-edit.ts';
import { openEditContexts } from '../../../../src/scenario/from-dockerfiles/edit-contexts.ts';
import { folderWith } from '../folder.ts';

async function choose(files: Readonly<Record<string, string>>, codeFile: string | null = null) {
  const context = folderWith(files);
  const contexts = await openEditContexts([{ context, dockerfile: join(context, 'Dockerfile') }]);
  return chooseDependencyEdit(contexts, codeFile);
}

const lock = '{ "name": "x", "lockfileVersion": 3 }';

describe('which list', () => {
  it.each([
    [
      'a lock file before its manifest',
      { 'package.json': '{ "name": "x" }', 'package-lock.json': lock },
      'package-lock.json',
    ],
    [
      'the first that can be changed',
      { 'package-lock.json': '{ "lockfileVersion" : 3 }', 'requirements.txt': '' },
      'requirements.txt',
    ],
    [
      'the manifest beside a lock file that is compared',
      { 'yarn.lock': '__metadata:\n', 'package.json': '{ "name": "x" }' },
      'package.json',
    ],
    [
      'the manifest beside a binary lock file',
      { 'bun.lockb': '\0', 'package.json': '{ "name": "x" }' },
      'package.json',
    ],
    [
      "yarn's first kind of lock file",
      { 'yarn.lock': '# yarn lockfile v1\n', 'package.json': '{ "name": "x" }' },
      'yarn.lock',
    ],
    ['not Cargo.lock', { 'Cargo.lock': '', 'Cargo.toml': '' }, 'Cargo.toml'],
    ['not Gemfile.lock', { 'Gemfile.lock': '', Gemfile: '' }, 'Gemfile'],
    ['the manifest alone', { 'package.json': '{ "name": "x" }' }, 'package.json'],
    ['not one that is ignored', { '.dockerignore': 'go.mod', 'go.mod': '', 'Cargo.toml': '' }, 'Cargo.toml'],
  ])('is %s', async (_, files, file) => {
    const { edits, sentence } = await choose(files);
    expect(edits).toMatchObject([{ file }]);
    expect(sentence).toBe(`The dependency edit changes ${file}.`);
  });

  it('is the one nearest to the source', async () => {
    const files = { 'package-lock.json': lock, 'api/go.mod': '', 'api/cmd/web/main.go': 'package main', 'go.mod': '' };
    const { edits, sentence } = await choose(files, 'api/cmd/web/main.go');
    expect(edits).toMatchObject([{ file: 'api/go.mod' }, { file: 'api/cmd/web/main.go' }]);
    expect(sentence).toBe(
      'The dependency edit changes api/go.mod, and api/cmd/web/main.go, so that it reaches the image.',
    );
  });

  it('is none where there is none', async () => {
    expect(await choose({ 'main.py': '' }, 'main.py')).toEqual({
      edits: [],
      sentence: 'No dependency edit: no list of dependencies was found in the build context.',
    });
  });
});

describe('what it writes', () => {
  it.each([
    ['requirements.txt', 'a==1', 'a==1\n# n1\n'],
    ['pnpm-lock.yaml', 'a: 1\n', 'a: 1\n\n# n1\n'],
    ['go.mod', 'module x\n', 'module x\n\n// n1\n'],
    ['pom.xml', '<project/>', '<project/>\n<!-- n1 -->\n'],
    ['composer.json', '{ "require": {} }', '{ "deployclockEdit": "n1", "require": {} }'],
    ['package.json', '{"name":"x"}', '{"deployclockEdit": "n1", "name":"x"}'],
  ])('into %s', async (file, before, after) => {
    const [edit] = (await choose({ [file]: before })).edits;
    expect(edit === undefined ? null : editText(before, edit, 'n1')).toBe(after);
  });

  it('changes the source by another name than the code edit, but npm keeps the change by itself', async () => {
    const go = await choose({ 'go.mod': '', 'main.go': 'package main' }, 'main.go');
    expect(go.edits[1]).toMatchObject({ text: expect.stringContaining('func deployclockDependencyEdit') });
    const node = await choose({ 'package-lock.json': lock, 'index.js': '' }, 'index.js');
    expect(node.edits).toHaveLength(1);
  });
});

describe('npm', () => {
  const manifest = { name: 'app', version: '1.0.0', dependencies: { dep: 'file:dep' } };

  it.each([2, 3])(
    'installs from the edited lock file of version %i, and keeps the change',
    { timeout: 60_000 },
    async (version) => {
      const folder = folderWith({
        'package.json': JSON.stringify(manifest),
        'dep/package.json': '{ "name": "dep", "version": "1.0.0" }',
        'index.js': '',
      });
      const npm = (...parameters: string[]) => {
        execFileSync('npm', [...parameters, '--offline', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' });
      };
      npm('install', '--package-lock-only', '--lockfile-version', String(version));
      const lockFile = join(folder, 'package-lock.json');
      const contexts = await openEditContexts([{ context: folder, dockerfile: join(folder, 'Dockerfile') }]);
      const [edit] = chooseDependencyEdit(contexts, 'index.js').edits;
      const edited = editText(readFileSync(lockFile, 'utf8'), edit as FileEdit, 'nonce1');
      expect(JSON.parse(edited ?? '')).toMatchObject({ deployclockEdit: 'nonce1', lockfileVersion: version });
      writeFileSync(lockFile, edited ?? '');
      rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
      npm('ci');
      expect(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')).toContain('nonce1');
    },
  );
});
