import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { changedLines, rangesIn } from '../../../src/scenario/changed-lines.ts';
import { commit, everythingIn, gitIn, repositoryWith } from './repository.ts';

/** Each test runs git dozens of times, which is quick on a machine that has nothing else to do. */
vi.setConfig({ testTimeout: 60_000 });

const lines = (...texts: string[]): string => `${texts.join('\n')}\n`;

/** What changed in a file between two of its texts. */
async function between(before: string, after: string): Promise<[number, number][]> {
  const folder = repositoryWith({ Dockerfile: before, other: '1' });
  commit(folder, { Dockerfile: after, other: '2' });
  return await inLastCommit(folder, 'Dockerfile');
}

async function inLastCommit(folder: string, path: string): Promise<[number, number][]> {
  const [base, head] = [gitIn(folder, 'rev-parse', 'HEAD~1'), gitIn(folder, 'rev-parse', 'HEAD')];
  const before = everythingIn(folder);
  const ranges = await changedLines(folder, base, head, path);
  expect(everythingIn(folder)).toEqual(before);
  return ranges.map(({ first, last }) => [first, last]);
}

describe('the lines that changed between two commits', () => {
  it('are those of the new text', async () => {
    expect(await between(lines('a', 'b', 'c', 'd'), lines('a', 'X', 'Y', 'c', 'd', 'e'))).toEqual([
      [2, 3],
      [6, 6],
    ]);
  });

  it('are the line before, where lines were only taken away; at the top it is the first', async () => {
    expect(await between(lines('a', 'b', 'c'), lines('a', 'c'))).toEqual([[1, 1]]);
    expect(await between(lines('a', 'b', 'c'), lines('b', 'c'))).toEqual([[1, 1]]);
    expect(await between(lines('a', 'b', 'c'), lines('a', 'b'))).toEqual([[2, 2]]);
  });

  it('are none where another file changed', async () => {
    const folder = repositoryWith({ Dockerfile: 'FROM a\n', other: '1' });
    commit(folder, { other: '2' });
    expect(await inLastCommit(folder, 'Dockerfile')).toEqual([]);
  });

  it('are told by the text itself, whatever it looks like', async () => {
    expect(await between(lines('a', 'b'), lines('a', '@@ -7 +7 @@', 'b'))).toEqual([[2, 2]]);
    expect(await between(lines('a', 'b'), lines('a', 'x\r@@ -7 +7 @@', 'b'))).toEqual([[2, 2]]);
    expect(await between(lines('a', 'b\0'), lines('a', 'c\0'))).toEqual([[2, 2]]);
    expect(await between('a\nb', 'a\nb\n')).toEqual([[2, 2]]);
  });

  it('are found after a rename, and are all of a new file', async () => {
    const text = Array.from({ length: 20 }, (_, index) => `RUN step ${index}`);
    const folder = repositoryWith({ 'docker/Dockerfile.old': lines(...text), z: '1' });
    mkdirSync(join(folder, 'a:b'));
    renameSync(join(folder, 'docker/Dockerfile.old'), join(folder, 'a:b/Dockerfile'));
    commit(folder, { 'a:b/Dockerfile': lines(...text.with(4, 'RUN other')), z: '2' });
    expect(await inLastCommit(folder, 'a:b/Dockerfile')).toEqual([[5, 5]]);
    commit(folder, { 'new file': lines('1', '2', '3') });
    expect(await inLastCommit(folder, 'new file')).toEqual([[1, 3]]);
  });

  it('do not depend on what a person has set for diffs, or on the working folder', async () => {
    const folder = repositoryWith({ 'api/Dockerfile': lines('a', 'b', 'c', 'd'), '.gitattributes': '* -diff\n' });
    commit(folder, { 'api/Dockerfile': lines('X', 'b', 'c', 'Y') });
    const settings = [
      ...['diff.context=9', 'diff.interHunkContext=9', 'diff.noprefix=true', 'color.ui=always'],
      ...['diff.external=false', 'diff.relative=true', 'diff.renames=false'],
    ];
    for (const setting of settings) gitIn(folder, 'config', ...(setting.split('=') as [string, string]));
    const [base, head] = [gitIn(folder, 'rev-parse', 'HEAD~1'), gitIn(folder, 'rev-parse', 'HEAD')];
    expect(await changedLines(join(folder, 'api'), base, head, 'api/Dockerfile')).toEqual([
      { first: 1, last: 1 },
      { first: 4, last: 4 },
    ]);
  });

  it('cannot be told of a file that is not there', async () => {
    const folder = repositoryWith({ a: '1' });
    commit(folder, { a: '2' });
    await expect(inLastCommit(folder, 'gone')).rejects.toMatchObject({ code: 'GIT_FAILED' });
  });
});

describe('rangesIn', () => {
  it.each([
    ['@@ -3,2 +4 @@ FROM x', [[4, 4]]],
    ['@@ -0,0 +1,12 @@', [[1, 12]]],
    ['@@ -1,3 +0,0 @@', [[1, 1]]],
    ['@@ -5,3 +4,0 @@ RUN', [[4, 4]]],
    ['+@@ -5,3 +4,0 @@', []],
    ['', []],
  ])('%s', (diff, expected) => {
    expect(rangesIn(diff).map(({ first, last }) => [first, last])).toEqual(expected);
  });
});
