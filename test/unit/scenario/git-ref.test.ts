import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Checkout, checkOutRevision } from '../../../src/scenario/git-ref.ts';
import { folderWith } from './folder.ts';
import { commit, everythingIn, gitIn, repositoryWith } from './repository.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Takes the revision out, and sees that nothing at all changed in the repository by it. */
async function checkOut(cwd: string, revision: string, repository = cwd): Promise<Checkout> {
  const before = everythingIn(repository);
  const checkout = await checkOutRevision(cwd, revision);
  onTestFinished(checkout.close);
  expect(everythingIn(repository)).toEqual(before);
  return checkout;
}

const textIn = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

describe('the files of a revision', () => {
  it('are those of the commit, not of the working folder', async () => {
    const folder = repositoryWith({ Dockerfile: 'FROM one', 'src/a.txt': 'a' });
    gitIn(folder, 'tag', 'v1');
    commit(folder, { Dockerfile: 'FROM two' });
    writeFileSync(join(folder, 'Dockerfile'), 'FROM three');
    writeFileSync(join(folder, 'new.txt'), 'new');

    const old = await checkOut(folder, 'v1');
    expect(textIn(old.cwd, 'Dockerfile')).toBe('FROM one');
    expect(textIn(old.cwd, 'src/a.txt')).toBe('a');
    expect(old.commit).toBe(gitIn(folder, 'rev-parse', 'v1'));
    const head = await checkOut(folder, 'HEAD');
    expect(textIn(head.cwd, 'Dockerfile')).toBe('FROM two');
    expect(existsSync(join(head.cwd, 'new.txt'))).toBe(false);
  });

  it.each(['main', 'HEAD~1', 'HEAD^', 'v1', '@', 'main~1'])('can be named %s', async (revision) => {
    const folder = repositoryWith({ a: '1' });
    gitIn(folder, 'tag', '--annotate', '--message', 'one', 'v1');
    commit(folder, { a: '2' });
    expect((await checkOut(folder, revision)).commit).toBe(gitIn(folder, 'rev-parse', `${revision}^{commit}`));
  });

  it('keep modes and symbolic links, and what an archive would leave out', async () => {
    const folder = folderWith({ 'run.sh': '#!/bin/sh', '.gitattributes': 'secret export-ignore', secret: 'x' });
    chmodSync(join(folder, 'run.sh'), 0o755);
    symlinkSync('run.sh', join(folder, 'link'));
    gitIn(folder, 'init', '--quiet');
    commit(folder, {});
    const { cwd } = await checkOut(folder, 'HEAD');
    expect(lstatSync(join(cwd, 'run.sh')).mode & 0o100).toBe(0o100);
    expect(lstatSync(join(cwd, 'link')).isSymbolicLink()).toBe(true);
    expect(textIn(cwd, 'secret')).toBe('x');
  });

  it('are all there below a working folder that is not the root', async () => {
    const folder = repositoryWith({ 'services/api/Dockerfile': 'FROM a', 'shared/x': 'x' });
    const { cwd, folder: tree } = await checkOut(join(folder, 'services/api'), 'HEAD', folder);
    expect(textIn(cwd, 'Dockerfile')).toBe('FROM a');
    expect(textIn(cwd, '../../shared/x')).toBe('x');
    expect(textIn(tree, 'shared/x')).toBe('x');
  });

  it('are gone after close', async () => {
    const folder = repositoryWith({ a: '1' });
    const checkout = await checkOutRevision(folder, 'HEAD');
    expect(existsSync(checkout.folder)).toBe(true);
    await checkout.close();
    expect(existsSync(join(checkout.folder, '..'))).toBe(false);
  });
});

describe('a repository of another kind', () => {
  it('may write to itself whenever an index is written: here it does not', async () => {
    const folder = repositoryWith({ a: '1' });
    const mark = join(folder, '.git/hook-ran');
    const hook = join(folder, '.git/hooks/post-index-change');
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch "${mark}"\n`);
    chmodSync(hook, 0o755);
    gitIn(folder, 'config', 'core.splitIndex', 'true');
    gitIn(folder, 'config', 'core.untrackedCache', 'true');
    await checkOut(folder, 'HEAD');
    expect(existsSync(mark)).toBe(false);
  });

  it('may show a part of its files alone: all are there', async () => {
    const folder = repositoryWith({ 'a/x': '1', 'b/y': '2' });
    gitIn(folder, 'sparse-checkout', 'set', 'a');
    expect(existsSync(join(folder, 'b/y'))).toBe(false);
    expect(textIn((await checkOut(folder, 'HEAD')).cwd, 'b/y')).toBe('2');
  });

  it('may be a linked worktree', async () => {
    const folder = repositoryWith({ a: '1' });
    const other = join(folderWith({}), 'other');
    gitIn(folder, 'worktree', 'add', '--quiet', '-b', 'next', other);
    commit(other, { a: '2' });
    expect(textIn((await checkOut(other, 'next')).cwd, 'a')).toBe('2');
    expect(textIn((await checkOut(other, 'main', folder)).cwd, 'a')).toBe('1');
  });

  it('may have submodules: they are named', async () => {
    const library = repositoryWith({ inside: 'x' });
    const folder = repositoryWith({ a: '1' });
    gitIn(folder, 'submodule', 'add', '--quiet', library, 'vendor/the library');
    commit(folder, {});
    const { submodules, cwd } = await checkOut(folder, 'HEAD');
    expect(submodules).toEqual(['vendor/the library']);
    expect(readdirSync(join(cwd, 'vendor/the library'))).toEqual([]);
  });

  it('may keep large files elsewhere: they are not fetched', async () => {
    const folder = repositoryWith({
      'big.bin': 'version https://git-lfs.github.com/spec/v1\n',
      '.gitattributes': '*.bin filter=lfs\n',
    });
    gitIn(folder, 'config', 'filter.lfs.smudge', 'touch .git/fetched; cat');
    gitIn(folder, 'config', 'filter.lfs.process', 'touch .git/fetched; cat');
    gitIn(folder, 'config', 'filter.lfs.required', 'true');
    const { pointers, cwd } = await checkOut(folder, 'HEAD');
    expect(pointers).toBe(true);
    expect(textIn(cwd, 'big.bin')).toContain('version');
    expect((await checkOut(repositoryWith({ a: '' }), 'HEAD')).pointers).toBe(false);
  });

  it('is found from the working folder, whatever a git hook has set', async () => {
    const other = repositoryWith({ a: 'other' });
    const folder = repositoryWith({ a: 'mine' });
    vi.stubEnv('GIT_DIR', join(other, '.git'));
    vi.stubEnv('GIT_INDEX_FILE', join(other, '.git/index'));
    vi.stubEnv('GIT_WORK_TREE', other);
    const before = everythingIn(other);
    expect(textIn((await checkOut(folder, 'HEAD')).cwd, 'a')).toBe('mine');
    expect(everythingIn(other)).toEqual(before);
  });
});

describe('what cannot be taken out', () => {
  it('has no repository around it', async () => {
    const folder = folderWith({ a: '' });
    await expect(checkOutRevision(folder, 'main')).rejects.toMatchObject({
      code: 'REVISION_NOT_FOUND',
      message: expect.stringContaining('no git repository'),
    });
  });

  it('is no revision: the nearest is named', async () => {
    const folder = repositoryWith({ a: '' });
    gitIn(folder, 'tag', 'v1.2.0');
    gitIn(folder, 'update-ref', 'refs/remotes/origin/release', 'HEAD');
    const failure = (revision: string) => checkOutRevision(folder, revision).catch((thrown: unknown) => thrown);
    expect(await failure('mian')).toMatchObject({
      code: 'REVISION_NOT_FOUND',
      message: 'This repository has no revision "mian". Did you mean "main"?',
    });
    expect(await failure('v1.2.1')).toMatchObject({ message: expect.stringContaining('"v1.2.0"') });
    expect(await failure('release')).toMatchObject({ message: expect.stringContaining('"origin/release"') });
    expect(await failure('zzzzzzzz')).toMatchObject({ message: 'This repository has no revision "zzzzzzzz".' });
    expect(await failure('--all')).toMatchObject({ code: 'REVISION_NOT_FOUND' });
    expect(await failure('HEAD:a')).toMatchObject({ code: 'REVISION_NOT_FOUND' });
  });

  it('may be a branch that was never fetched', async () => {
    const folder = repositoryWith({ a: '' });
    gitIn(folder, 'remote', 'add', 'upstream', 'https://localhost/none');
    await expect(checkOutRevision(folder, 'upstream/release/2')).rejects.toMatchObject({
      code: 'REVISION_NOT_FOUND',
      hint: 'git fetch upstream release/2',
    });
    await expect(checkOutRevision(folder, 'other/release/2')).rejects.toMatchObject({
      hint: 'git log --oneline --all',
    });
  });

  it('may be what a shallow clone has left out', async () => {
    const origin = repositoryWith({ a: '1' });
    commit(origin, { a: '2' });
    const clone = join(folderWith({}), 'clone');
    gitIn(origin, 'clone', '--quiet', '--depth', '1', `file://${origin}`, clone);
    await expect(checkOutRevision(clone, 'HEAD~1')).rejects.toMatchObject({
      code: 'REVISION_NOT_FOUND',
      message: expect.stringContaining('shallow clone'),
      hint: expect.stringMatching(/git fetch --unshallow.*fetch-depth: 0/),
    });
    expect(textIn((await checkOut(clone, 'HEAD')).cwd, 'a')).toBe('2');
  });

  it('needs git', async () => {
    const folder = repositoryWith({ a: '' });
    vi.stubEnv('PATH', folderWith({}));
    await expect(checkOutRevision(folder, 'HEAD')).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: expect.stringContaining('git is not installed'),
      exitCode: 3,
    });
  });

  it('is told in the words of git where it fails on the way, and leaves nothing behind', async () => {
    const folder = repositoryWith({ a: 'some text' });
    const object = gitIn(folder, 'rev-parse', 'HEAD:a');
    const path = join(folder, '.git/objects', object.slice(0, 2), object.slice(2));
    chmodSync(path, 0o600);
    writeFileSync(path, 'broken');
    const temporary = folderWith({});
    vi.stubEnv('TMPDIR', temporary);
    await expect(checkOutRevision(folder, 'HEAD')).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: expect.stringContaining(object),
    });
    expect(readdirSync(temporary)).toEqual([]);
  });
});
