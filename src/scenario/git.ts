import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { DeployclockError } from '../errors.ts';

export type GitAnswer = { readonly ok: true; readonly out: string } | { readonly ok: false; readonly message: string };

/**
 * With these, reading commands write nothing into the repository: no shared index, no daemon, no hook after an index is written, and no
 * large file that git-lfs would fetch into the repository's folder.
 */
const readOnly = [
  'core.splitIndex=false',
  'core.untrackedCache=false',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'index.sparse=false',
  'filter.lfs.process=',
  'filter.lfs.smudge=',
  'filter.lfs.required=false',
].flatMap((setting) => ['-c', setting]);

/** A git hook that starts us has set these; the repository is to be found from the working folder. */
const inherited = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX', 'GIT_NAMESPACE'];

/**
 * Runs git in `cwd` and answers what it printed, or what it said against it.
 * @throws DeployclockError GIT_FAILED where git cannot be started
 */
export async function git(
  cwd: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<GitAnswer> {
  const cleared = Object.fromEntries(inherited.map((name) => [name, undefined]));
  const finished = await execa('git', [...readOnly, ...parameters], {
    cwd,
    env: { ...cleared, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', ...env },
    reject: false,
    stdin: 'ignore',
  });
  if (finished.code === 'ENOENT' && existsSync(cwd)) {
    throw new DeployclockError('GIT_FAILED', 'A git revision is named, but git is not installed here.', {
      hint: 'Install git, or name Dockerfiles without a revision.',
      cause: finished.cause,
    });
  }
  if (!finished.failed) return { ok: true, out: finished.stdout };
  const said = finished.stderr.trim() || (finished.shortMessage ?? 'git failed');
  return { ok: false, message: said.replace(/^fatal: /, '') };
}
