import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type GitAnswer, git } from '../git.ts';
import type { Revision } from './revision.ts';

/**
 * Says where the working folder holds what is not committed, for that is not measured. Empty where it is as HEAD. Another repository inside
 * of this one, such as a tool that a job has checked out, is nothing that was left out.
 */
export async function uncommittedWarning(cwd: string): Promise<string[]> {
  const [root = cwd] = linesOf(await git(cwd, ['rev-parse', '--show-toplevel']));
  const isRepository = (line: string): boolean =>
    line.startsWith('??') && existsSync(join(root, line.slice(3), '.git'));
  const lines = linesOf(await git(cwd, ['status', '--porcelain', '--untracked-files=normal'])).filter(
    (line) => !isRepository(line),
  );
  const untracked = lines.filter((line) => line.startsWith('??')).length;
  const changed = lines.length - untracked;
  const parts = [
    ...(changed === 0 ? [] : [`${changed} changed`]),
    ...(untracked === 0 ? [] : [`${untracked} untracked`]),
  ];
  if (parts.length === 0) return [];
  const noun = lines.length === 1 ? 'path is' : 'paths are';
  return [`What is not committed is not measured: here ${parts.join(' and ')} ${noun} not as in HEAD.`];
}

/** Says where head lacks commits of base: what they bring would count as head's doing, the other way round. */
export async function historyWarning(cwd: string, base: Revision, head: Revision): Promise<string[]> {
  if (base.commit === head.commit) {
    return [`${base.ref} and ${head.ref} are the same commit: what differs between them is chance.`];
  }
  const answer = await git(cwd, ['rev-list', '--count', `${head.commit}..${base.commit}`]);
  const lacking = answer.ok ? Number(answer.out) : 0;
  if (lacking === 0) return [];
  const commits = lacking === 1 ? '1 commit' : `${lacking} commits`;
  const [shallow] = linesOf(await git(cwd, ['rev-parse', '--is-shallow-repository']));
  const doubt =
    shallow === 'true' ? ' as far as a shallow clone can tell (git fetch --unshallow; fetch-depth: 0 in CI)' : '';
  return [
    `${head.ref} lacks ${commits} of ${base.ref}${doubt}: what they changed counts as undone by ${head.ref}. Merge or rebase first.`,
  ];
}

function linesOf(answer: GitAnswer): string[] {
  return answer.ok ? answer.out.split('\n').filter((line) => line !== '') : [];
}
