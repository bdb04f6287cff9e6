import { readdirSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import { DeployclockError } from '../../errors.ts';
import { pathInside } from '../context-copy.ts';
import { type Checkout, checkOutRevision, leftOutOf } from '../git-ref.ts';
import { nearestWord } from '../nearest-word.ts';
import { isFile, isFolder } from '../on-disk.ts';
import { type DockerfileName, parseDockerfileName } from './dockerfile-name.ts';
import type { Given } from './given.ts';

/** A Dockerfile that is there. */
export interface FoundDockerfile {
  /** As messages name it: `docker/Dockerfile`, `Dockerfile@v1.2`. */
  readonly label: string;
  /** From the working folder. */
  readonly path: string;
  readonly ref: string | null;
  /** Absolute path. */
  readonly file: string;
  /** Absolute path of the working folder, or of what stands for it at the revision. */
  readonly cwd: string;
  /** Absolute path of the folder with the revision's files; null for the files as they are. */
  readonly tree: string | null;
}

export interface FoundDockerfiles {
  readonly dockerfiles: readonly [FoundDockerfile, ...FoundDockerfile[]];
  /** What is worth telling about the revisions. */
  readonly assumed: readonly string[];
  /** Removes the folders of the revisions. */
  readonly close: () => Promise<void>;
}

/**
 * Every Dockerfile that was named, each at every revision that was named; `Dockerfile` where none was.
 * @throws DeployclockError USAGE, DOCKERFILE_NOT_FOUND, REVISION_NOT_FOUND, GIT_FAILED
 */
export async function findDockerfiles(
  given: Pick<Given, 'dockerfiles' | 'refs'>,
  cwd: string,
): Promise<FoundDockerfiles> {
  const names = namesOf(given, cwd);
  const checkouts = new Map<string, Checkout>();
  const close = async (): Promise<void> => {
    await Promise.all([...checkouts.values()].map((checkout) => checkout.close()));
  };
  try {
    for (const ref of new Set(names.flatMap((name) => name.ref ?? []))) {
      checkouts.set(ref, await checkOutRevision(cwd, ref));
    }
    const [first, ...others] = names.map((name) => findDockerfile(name, checkouts, cwd));
    if (first === undefined) throw new RangeError('there is at least one Dockerfile');
    return { dockerfiles: [first, ...others], assumed: [...checkouts].flatMap(tellCheckout), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Whether a git revision is named, of one Dockerfile or of all. */
export function namesRevision({ dockerfiles, refs }: Pick<Given, 'dockerfiles' | 'refs'>, cwd: string): boolean {
  return refs.length > 0 || namesOf({ dockerfiles, refs }, cwd).some(({ ref }) => ref !== null);
}

function namesOf({ dockerfiles, refs }: Pick<Given, 'dockerfiles' | 'refs'>, cwd: string): DockerfileName[] {
  const written = dockerfiles.length === 0 ? ['Dockerfile'] : dockerfiles;
  const names = written.map((name) => parseDockerfileName(name, (path) => isFile(resolve(cwd, path))));
  const twice = names.find((name) => name.ref !== null);
  if (refs.length === 0) return names;
  if (twice === undefined) return refs.flatMap((ref) => names.map(({ path }) => ({ path, ref })));
  throw new DeployclockError('USAGE', `${twice.path}@${twice.ref} names a revision, and --ref names others.`, {
    hint: 'Write every revision after its Dockerfile, as Dockerfile@v1.2, or all of them as --ref.',
  });
}

function findDockerfile(
  { path, ref }: DockerfileName,
  checkouts: ReadonlyMap<string, Checkout>,
  cwd: string,
): FoundDockerfile {
  const written = normalize(relative(cwd, resolve(cwd, path)) || path);
  if (ref === null) {
    const file = resolve(cwd, path);
    if (isFile(file)) return { label: written, path: written, ref, file, cwd, tree: null };
    throw notFound(`There is no Dockerfile ${written} here.`, file, `ls ${dirname(written)}`);
  }
  const label = `${written}@${ref}`;
  const checkout = checkouts.get(ref);
  if (checkout === undefined) throw new RangeError(`no checkout of ${ref}`);
  const file = resolve(checkout.cwd, written);
  if (pathInside(checkout.folder, file) === null) {
    throw new DeployclockError('USAGE', `${label} lies outside of the repository, so it has no revisions.`, {
      hint: 'Run the command inside the repository that holds the Dockerfile.',
    });
  }
  if (isFile(file)) return { label, path: written, ref, file, cwd: checkout.cwd, tree: checkout.folder };
  throw notFound(`There is no Dockerfile ${written} in ${ref}.`, file, `git ls-tree -r --name-only ${ref}`);
}

/** A name that is nearly that of a file beside it is a slip. */
function notFound(message: string, file: string, hint: string): DeployclockError {
  const folder = dirname(file);
  const beside = isFolder(folder) ? readdirSync(folder).filter((name) => isFile(join(folder, name))) : [];
  const nearest = nearestWord(relative(folder, file), beside);
  const help = nearest === null ? '' : ` Did you mean "${nearest}"?`;
  return new DeployclockError('DOCKERFILE_NOT_FOUND', message + help, { hint });
}

const shownDigits = 10;

function tellCheckout([ref, checkout]: [string, Checkout]): string[] {
  const { commit } = checkout;
  const which = commit.startsWith(ref) ? [] : [`${ref} is commit ${commit.slice(0, shownDigits)}.`];
  return [...which, ...leftOutOf(checkout, ref)];
}
