import { git } from './git.ts';

/**
 * The commit that a folder's repository is at, and whether files under the folder differ from it; null outside of a repository, before its
 * first commit, or without git.
 */
export async function workingRevision(folder: string): Promise<{ commit: string; changed: boolean } | null> {
  try {
    const head = await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']);
    if (!head.ok) return null;
    const status = await git(folder, ['status', '--porcelain', '--', '.']);
    return status.ok ? { commit: head.out, changed: status.out !== '' } : null;
  } catch {
    // Where git is not installed, nothing is lost but this note.
    return null;
  }
}
