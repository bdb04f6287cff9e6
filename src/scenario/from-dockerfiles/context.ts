import { dirname, join, relative, resolve } from 'node:path';
import { DeployclockError } from '../../errors.ts';
import { pathInside } from '../context-copy.ts';
import { isFolder } from '../on-disk.ts';
import { copiedSources, holdsSource } from './copied-sources.ts';
import type { FoundDockerfile } from './find-dockerfiles.ts';
import { joinWords } from './join-words.ts';

export interface FoundContext {
  /** Absolute path. */
  readonly context: string;
  /** Which folder it is, in words; null where it was said. */
  readonly which: string | null;
}

/**
 * The build context of a Dockerfile: what was said, else the working folder, as for `docker build -f X .`; where what the Dockerfile copies is not
 * there, the folder between it and the Dockerfile that has it. A Dockerfile from elsewhere has its own folder as context.
 * @throws DeployclockError USAGE where the folder that was said does not exist
 */
export function findContext(
  dockerfile: FoundDockerfile,
  text: string,
  given: string | null,
  cwd: string,
): FoundContext {
  if (given !== null) return { context: givenContext(dockerfile, given, cwd), which: null };
  const own = dirname(dockerfile.file);
  const inside = relative(dockerfile.cwd, own) === '' ? '' : pathInside(dockerfile.cwd, own);
  if (inside === null) return { context: own, which: `${relative(dockerfile.cwd, own)}, its own folder` };
  const parts = inside === '' ? [] : inside.split(/[\\/]/);
  const names = ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
  const sources = copiedSources(text);
  const missing = (name: string): string[] =>
    sources.filter((source) => !holdsSource(join(dockerfile.cwd, name), source));
  const holding = names.find((name) => missing(name).length === 0);
  if (holding === undefined) {
    return { context: dockerfile.cwd, which: `the working folder, which lacks ${joinWords(missing('.'))}` };
  }
  const which = holding === '.' ? 'the working folder' : `${holding}, which holds what is copied`;
  return { context: join(dockerfile.cwd, holding), which };
}

function givenContext({ cwd: there, tree, path, ref }: FoundDockerfile, given: string, cwd: string): string {
  const context = resolve(there, relative(cwd, resolve(cwd, given)));
  const outside = tree !== null && relative(tree, context) !== '' && pathInside(tree, context) === null;
  if (!outside && isFolder(context)) return context;
  const where = ref === null ? 'here' : `in ${ref}`;
  throw new DeployclockError('USAGE', `--context ${given}: there is no such folder ${where}.`, {
    hint: `Write the FOLDER of docker build -f ${path} FOLDER`,
  });
}
