import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { DeployclockError } from '../errors.ts';
import { type GitAnswer, git } from './git.ts';
import { nearestWord } from './nearest-word.ts';

/** The files of a git revision in a temporary folder. */
export interface Checkout {
  /** Absolute path of the folder that stands for the repository's own. */
  readonly folder: string;
  /** Absolute path of what stands for the working folder; it need not exist in the revision. */
  readonly cwd: string;
  /** Full name of the commit. */
  readonly commit: string;
  /** Paths of submodules, from the repository's folder: their files are left out. */
  readonly submodules: readonly string[];
  /** Whether git-lfs keeps some of the files: those are pointers here. */
  readonly pointers: boolean;
  readonly close: () => Promise<void>;
}

/** What is not among the files of a checkout although the revision has it, in whole sentences. */
export function leftOutOf({ submodules, pointers }: Pick<Checkout, 'submodules' | 'pointers'>, ref: string): string[] {
  return [
    ...(submodules.length === 0 ? [] : [`Submodules are left out of ${ref}: ${submodules.join(', ')}.`]),
    ...(pointers ? [`Files that git-lfs keeps are left as pointers in ${ref}.`] : []),
  ];
}

interface Repository {
  readonly root: string;
  /** The repository itself, usually `.git` in the root. */
  readonly gitFolder: string;
  /** The working folder from the root, with `/` at its end; empty at the root. */
  readonly prefix: string;
  readonly shallow: boolean;
}

/**
 * Copies the files of `revision` out of the repository around `cwd`. Nothing is written there: a private index and plain reading commands,
 * where `git worktree` would leave an entry.
 * @throws DeployclockError REVISION_NOT_FOUND (no repository, no such revision), GIT_FAILED
 */
export async function checkOutRevision(cwd: string, revision: string): Promise<Checkout> {
  const repository = await findRepository(cwd, revision);
  const commit = await findCommit(repository, revision);
  const temporary = await mkdtemp(join(tmpdir(), 'deployclock-ref-'));
  const close = (): Promise<void> => rm(temporary, { recursive: true, force: true });
  try {
    const folder = join(temporary, 'tree');
    const empty = join(temporary, 'empty');
    await mkdir(empty);
    const apart = {
      GIT_INDEX_FILE: join(temporary, 'index'),
      GIT_DIR: repository.gitFolder,
      // Attributes come from the revision, not from files that somebody is changing.
      GIT_WORK_TREE: empty,
    };
    const run = async (...parameters: string[]): Promise<string> =>
      outputOf(await git(empty, parameters, apart), revision);
    await run('read-tree', commit);
    await run('checkout-index', '--all', `--prefix=${folder}${sep}`);
    const listed = await run('ls-files', '--stage', '-z');
    return {
      folder,
      cwd: join(folder, repository.prefix),
      commit,
      submodules: submodulesIn(listed),
      pointers: (await readFile(join(folder, '.gitattributes'), 'utf8').catch(() => '')).includes('filter=lfs'),
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function findRepository(cwd: string, revision: string): Promise<Repository> {
  const asked = ['rev-parse', '--is-shallow-repository', '--absolute-git-dir', '--show-prefix', '--show-toplevel'];
  const answer = await git(cwd, asked);
  if (answer.ok) {
    const [shallow = '', gitFolder = '', prefix = '', ...root] = answer.out.split('\n');
    return { root: root.join('\n'), gitFolder, prefix, shallow: shallow === 'true' };
  }
  // Other troubles, such as a folder that belongs to another user, come with git's own advice.
  if (!/not a git repository|must be run in a work tree/.test(answer.message)) outputOf(answer, revision);
  throw new DeployclockError(
    'REVISION_NOT_FOUND',
    `${revision} names a git revision, but ${cwd} is in no git repository.`,
    {
      hint: 'Run the command inside the repository, or name Dockerfiles without a revision.',
    },
  );
}

async function findCommit(repository: Repository, revision: string): Promise<string> {
  // A name that begins with a dash would be read as an option.
  if (!revision.startsWith('-')) {
    const answer = await git(repository.root, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
    if (answer.ok) return answer.out;
  }
  const message = `This repository has no revision "${revision}".`;
  if (repository.shallow) {
    const why = ' It is a shallow clone: it holds the newest commits alone.';
    throw new DeployclockError('REVISION_NOT_FOUND', message + why, {
      hint: 'git fetch --unshallow --tags, and the same command again; with actions/checkout, set fetch-depth: 0 instead',
    });
  }
  const nearest = await nearestRevision(repository, revision);
  if (nearest !== null) throw new DeployclockError('REVISION_NOT_FOUND', `${message} Did you mean "${nearest}"?`);
  const fetch = await fetchOf(repository, revision);
  throw new DeployclockError('REVISION_NOT_FOUND', message, fetch === null ? {} : { hint: fetch });
}

/** What brings a branch of a remote that was never fetched: `git fetch origin main` for `origin/main`. Null where no remote is named. */
async function fetchOf(repository: Repository, revision: string): Promise<string | null> {
  const answer = await git(repository.root, ['remote']);
  const remote = answer.ok ? answer.out.split('\n').find((name) => revision.startsWith(`${name}/`)) : undefined;
  return remote === undefined ? null : `git fetch ${remote} ${revision.slice(remote.length + 1)}`;
}

/** A branch or tag of nearly that name; `main` is also near to `origin/main`. */
async function nearestRevision(repository: Repository, revision: string): Promise<string | null> {
  const answer = await git(repository.root, ['for-each-ref', '--format=%(refname:short)']);
  const names = answer.ok ? answer.out.split('\n').filter((name) => name !== '') : [];
  return names.find((name) => name.endsWith(`/${revision}`)) ?? nearestWord(revision, names);
}

function outputOf(answer: GitAnswer, revision: string): string {
  if (answer.ok) return answer.out;
  throw new DeployclockError('GIT_FAILED', `git cannot take out the files of ${revision}: ${answer.message}`);
}

const submoduleMode = '160000 ';

/** Of `git ls-files --stage -z`: `<mode> <object> <stage>\t<path>`. */
function submodulesIn(listed: string): string[] {
  return listed
    .split('\0')
    .filter((line) => line.startsWith(submoduleMode))
    .map((line) => line.slice(line.indexOf('\t') + 1));
}
