import { DeployclockError } from '../errors.ts';
import { type GitAnswer, git } from './git.ts';

/** Lines of a file, counted from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The lines of `path` in `head` that are not as in `base`, in order. Where lines were only taken away it is the line before them. A file
 * that was renamed is compared with what it was; one that is new in `head` has changed whole.
 * @param base full name of a commit, as `head`
 * @param path from the repository's root, with `/`
 * @throws DeployclockError GIT_FAILED
 */
export async function changedLines(cwd: string, base: string, head: string, path: string): Promise<LineRange[]> {
  const before = await pathBefore(cwd, base, head, path);
  if (before === null) {
    const lines = outputOf(await git(cwd, ['cat-file', 'blob', `${head}:${path}`])).split('\n').length;
    return [{ first: 1, last: lines }];
  }
  // Two blobs: no name of a file is in the way. What a person has set for diffs is not asked.
  const plain = ['--no-color', '--no-ext-diff', '--no-textconv', '--text', '--unified=0', '--inter-hunk-context=0'];
  const diff = await git(cwd, ['diff', ...plain, `${base}:${before}`, `${head}:${path}`]);
  return rangesIn(outputOf(diff));
}

/** The new side of each hunk of `git diff --unified=0`: `@@ -3,2 +4 @@`, where `+4,0` is nothing after line 4. */
export function rangesIn(diff: string): LineRange[] {
  // Other lines begin with a plus, a minus or a backslash. A carriage return inside of one begins none.
  return diff.split('\n').flatMap((line) => {
    const [found, start = '', count = '1'] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (found === undefined) return [];
    const first = Math.max(1, Number(start));
    return [{ first, last: Math.max(first, first + Number(count) - 1) }];
  });
}

/** The path in `base` of what is `path` in `head`; null where it is new. */
async function pathBefore(cwd: string, base: string, head: string, path: string): Promise<string | null> {
  const same = await git(cwd, ['cat-file', '-e', `${base}:${path}`]);
  if (same.ok) return path;
  const renames = ['--name-status', '-z', '--no-relative', '--find-renames', '--diff-filter=R'];
  const listed = await git(cwd, ['diff', ...renames, base, head]);
  // Three fields for each: R087, the path before, the path after.
  const fields = outputOf(listed).split('\0');
  const after = fields.findIndex((field, index) => index % 3 === 2 && field === path);
  return after === -1 ? null : (fields[after - 1] ?? null);
}

function outputOf(answer: GitAnswer): string {
  if (answer.ok) return answer.out;
  throw new DeployclockError('GIT_FAILED', `git cannot compare the two revisions: ${answer.message}`);
}
