import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { folderWith } from '../folder.ts';
import { commit, gitIn, repositoryWith } from '../repository.ts';
import { app, branched, open, patience, slimmed } from './opened.ts';

vi.setConfig(patience);

describe('warnings', () => {
  it('tell an edit of dependencies that nobody wrote and base cannot have', async () => {
    const { 'package-lock.json': lock, ...without } = app;
    const folder = branched({ ...without, 'package.json': '{}' }, { 'package-lock.json': lock, ...slimmed });
    const { scenario, warnings, baseMissing } = await open(folder);
    expect(baseMissing).toBeNull();
    expect(Object.keys(scenario.edits)).toEqual(['code-edit']);
    expect(warnings).toEqual([
      'No dependency-edit is deployed: main has no package-lock.json in its build context, where the dependency edit of HEAD is made.',
    ]);
  });

  it('tell a port that base does not expose', async () => {
    const folder = branched(app, { Dockerfile: app.Dockerfile.replace('3000', '8080') });
    expect((await open(folder)).warnings).toEqual([
      'main exposes 3000, and HEAD is asked on port 8080: base is asked there too, and may never be ready.',
    ]);
  });

  it('tell how many commits of base head lacks', async () => {
    const folder = branched(app, slimmed);
    gitIn(folder, 'switch', '--quiet', 'main');
    commit(folder, { a: '1' });
    commit(folder, { a: '2' });
    gitIn(folder, 'switch', '--quiet', 'work');
    expect((await open(folder)).warnings).toEqual([
      'HEAD lacks 2 commits of main: what they changed counts as undone by HEAD. Merge or rebase first.',
    ]);
    gitIn(folder, 'merge', '--quiet', 'main');
    expect((await open(folder)).warnings).toEqual([]);
  });

  it('doubt the history of a shallow clone', async () => {
    const origin = branched(app, slimmed);
    const clone = join(folderWith({}), 'clone');
    gitIn(origin, 'clone', '--quiet', '--depth', '1', '--no-single-branch', `file://${origin}`, clone);
    const [warning, ...others] = (await open(clone, { base: 'origin/main' })).warnings;
    expect(warning).toContain('HEAD lacks 1 commit of origin/main as far as a shallow clone can tell');
    expect(warning).toContain('fetch-depth: 0');
    expect(others).toEqual([]);
  });

  it('do not tell of another repository that was checked out inside of this one', async () => {
    const folder = branched(app, slimmed);
    mkdirSync(join(folder, '.tool'));
    gitIn(join(folder, '.tool'), 'init', '--quiet');
    writeFileSync(join(folder, '.tool/x'), '');
    expect((await open(folder)).warnings).toEqual([]);
  });

  it('tell that both are the same commit', async () => {
    const [warning] = (await open(repositoryWith(app), { base: 'HEAD' })).warnings;
    expect(warning).toBe('HEAD and HEAD are the same commit: what differs between them is chance.');
  });

  it('tell submodules and pointers of git-lfs, once where both sides have them', async () => {
    const library = repositoryWith({ inside: 'x' });
    const folder = repositoryWith({ ...app, '.gitattributes': '*.bin filter=lfs\n' });
    gitIn(folder, 'submodule', 'add', '--quiet', library, 'vendor');
    commit(folder, slimmed);
    expect((await open(folder, { base: 'HEAD~1' })).warnings).toEqual([
      'Files that git-lfs keeps are left as pointers in HEAD~1.',
      'Submodules are left out of HEAD: vendor.',
      'Files that git-lfs keeps are left as pointers in HEAD.',
    ]);
  });
});
