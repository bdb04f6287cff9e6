import { copyFile, mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { DeployclockError, messageOf } from '../errors.ts';
import type { ContextIgnore } from './dockerignore.ts';
import { editText } from './edit.ts';
import type { Edit, Variant } from './scenario.ts';
import { walkContext } from './walk-context.ts';

/** Where a build takes its files from: absolute paths of the context and of the Dockerfile. */
export type ContextSource = Pick<Variant, 'context' | 'dockerfile'>;

/** Text of each file that edits change, as it was before the first edit. Keys are paths relative to the context. */
export type Originals = ReadonlyMap<string, string>;

/**
 * Copies what the engine would get of a context, and the Dockerfile, into the folder `into`, and returns the same source with the
 * copy's paths. The Dockerfile keeps its place in the context, or lies beside the copy where it lay outside.
 */
export async function copyContext(source: ContextSource, ignore: ContextIgnore, into: string): Promise<ContextSource> {
  const context = join(into, 'context');
  await mkdir(context, { recursive: true });
  for (const entry of await walkContext(source.context, ignore)) {
    const [from, to] = [join(source.context, entry.path), join(context, entry.path)];
    if (entry.sort === 'folder') await mkdir(to, { recursive: true });
    else if (entry.sort === 'symlink') await symlink(await readlink(from), to);
    else await copyFile(from, to);
  }
  const inside = pathInside(source.context, source.dockerfile);
  const dockerfile = inside === null ? join(into, 'Dockerfile') : join(context, inside);
  await mkdir(dirname(dockerfile), { recursive: true });
  await copyFile(source.dockerfile, dockerfile);
  return { context, dockerfile };
}

/**
 * Reads the files that `edits` change from a fresh copy.
 * @throws DeployclockError EDIT_FAILED where one is missing
 */
export async function readOriginals(copyFolder: string, edits: readonly Edit[]): Promise<Originals> {
  const files = [...new Set(edits.map((edit) => edit.file))];
  const texts = files.map(async (file): Promise<[string, string]> => [file, await readOriginal(copyFolder, file)]);
  return new Map(await Promise.all(texts));
}

/**
 * Writes the edited files into the copy, each from its original text, so that a second edit does not pile up on the first.
 * @throws DeployclockError EDIT_FAILED where a file is missing or does not hold the text to replace; then nothing is written
 */
export async function applyEdits(
  copyFolder: string,
  edits: readonly Edit[],
  nonce: string,
  originals: Originals,
): Promise<void> {
  const texts = new Map<string, string>();
  for (const edit of edits) {
    const text = texts.get(edit.file) ?? originals.get(edit.file);
    if (text === undefined) throw missingFile(edit.file);
    const edited = editText(text, edit, nonce);
    if (edited === null)
      throw new DeployclockError('EDIT_FAILED', `The text to replace does not occur in "${edit.file}".`);
    texts.set(edit.file, edited);
  }
  await Promise.all([...texts].map(([file, text]) => writeFile(join(copyFolder, file), text)));
}

/** The path of `file` relative to `folder`, or null where it lies outside. */
export function pathInside(folder: string, file: string): string | null {
  const path = relative(folder, file);
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? null : path;
}

async function readOriginal(copyFolder: string, file: string): Promise<string> {
  try {
    return await readFile(join(copyFolder, file), 'utf8');
  } catch (thrown) {
    throw missingFile(file, thrown);
  }
}

function missingFile(file: string, cause?: unknown): DeployclockError {
  const why = cause === undefined ? '' : `: ${messageOf(cause)}`;
  return new DeployclockError('EDIT_FAILED', `The context has no file "${file}" to edit${why}.`, { cause });
}
