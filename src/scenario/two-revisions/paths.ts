import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { DeployclockError } from '../../errors.ts';
import { pathInside } from '../context-copy.ts';

/** A path as it was written, from the working folder; `.` for the working folder itself. */
export function fromCwd(written: string, cwd: string): string {
  return relative(cwd, resolve(cwd, written)) || '.';
}

/**
 * The path of `file` from the folder with a revision's files, with `/`; empty for that folder itself.
 * @throws DeployclockError USAGE where it lies outside: what is in no repository has no revisions
 */
export function fromRoot(tree: string, file: string, written: string): string {
  if (relative(tree, file) === '') return '';
  const path = pathInside(tree, file);
  if (path !== null) return path.split(sep).join('/');
  throw new DeployclockError('USAGE', `${written} lies outside of the repository, so it has no revisions.`, {
    hint: 'Run the command inside the repository that holds it.',
  });
}

/** The head revision's files, beside the working folder. */
export interface HeadFolders {
  readonly cwd: string;
  /** What stands for the working folder at head. */
  readonly headCwd: string;
  readonly headRef: string;
}

/**
 * What lies in the working folder alone cannot be measured, and is easily taken for committed.
 * @throws DeployclockError USAGE where `written` is here and not in head
 */
export function requireCommitted(written: string, { cwd, headCwd, headRef }: HeadFolders): void {
  const path = fromCwd(written, cwd);
  if (existsSync(resolve(headCwd, path)) || !existsSync(resolve(cwd, path))) return;
  throw new DeployclockError('USAGE', `${path} is here, but not in ${headRef}: only what is committed is measured.`, {
    hint: headRef === 'HEAD' ? `git add ${path}, then git commit` : `git ls-tree -r --name-only ${headRef}`,
  });
}
