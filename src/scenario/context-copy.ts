import { copyFile, mkdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { DeployclockError, messageOf } from '../errors.ts';
import type { ContextIgnore } from './dockerignore.ts';
import { editText, type FileEdit, fillNonce, nonceMark, overlayFiles } from './edit.ts';
import { linkOnTheWay } from './on-disk.ts';
import type { Edit, Variant } from './scenario.ts';
import { walkContext } from './walk-context.ts';

/** Where a build takes its files from: absolute paths of the context and of the Dockerfile. */
export type ContextSource = Pick<Variant, 'context' | 'dockerfile'>;

/** Each file that edits change, as it was before the first edit; null where there was none. Keys are paths relative to the context. */
export type Originals = ReadonlyMap<string, Buffer | null>;

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

/** Edits that are in force, with the nonce that they were made with. */
export interface AppliedEdits {
  readonly edits: readonly Edit[];
  readonly nonce: string;
}

/**
 * Reads the files that `edits` change from a fresh copy.
 * @throws DeployclockError EDIT_FAILED where one is missing
 */
export async function readOriginals(copyFolder: string, edits: readonly Edit[]): Promise<Originals> {
  const originals = new Map<string, Buffer | null>();
  // A link in the copy leads where it led in the original: to the user's own files.
  for (const file of filesOf(edits)) {
    const link = linkOnTheWay(copyFolder, file);
    if (link !== null)
      throw new DeployclockError('EDIT_FAILED', `"${link}" is a symbolic link in the context: it is not edited.`);
  }
  for (const edit of edits) {
    if (edit.action !== 'overlay') {
      originals.set(edit.file, await readFile(join(copyFolder, edit.file)).catch(missing(edit.file)));
      continue;
    }
    for (const file of overlayFiles(edit.folder)) {
      if (!originals.has(file)) originals.set(file, await readFile(join(copyFolder, file)).catch(() => null));
    }
  }
  return originals;
}

/**
 * Brings the copy to its original state with these edits, and no others, on top of it: a second edit of a kind does not pile up on the
 * first.
 * @throws DeployclockError EDIT_FAILED where a file does not hold the text to replace; then nothing is written
 */
export async function applyEdits(
  copyFolder: string,
  applied: readonly AppliedEdits[],
  originals: Originals,
): Promise<void> {
  const files = new Map<string, Buffer | null>(originals);
  for (const { edits, nonce } of applied) {
    for (const edit of edits) {
      if (edit.action === 'overlay') await overlay(files, edit.folder, nonce);
      else editFile(files, edit, nonce);
    }
  }
  await Promise.all([...files].map(([file, content]) => writeOrRemove(join(copyFolder, file), content)));
}

function filesOf(edits: readonly Edit[]): string[] {
  return edits.flatMap((edit) => (edit.action === 'overlay' ? overlayFiles(edit.folder) : [edit.file]));
}

function editFile(files: Map<string, Buffer | null>, edit: FileEdit, nonce: string): void {
  const content = files.get(edit.file) ?? null;
  if (content === null) throw missingFile(edit.file);
  const edited = editText(content.toString('utf8'), edit, nonce);
  if (edited === null)
    throw new DeployclockError('EDIT_FAILED', `The text to replace does not occur in "${edit.file}".`);
  files.set(edit.file, Buffer.from(edited));
}

async function overlay(files: Map<string, Buffer | null>, folder: string, nonce: string): Promise<void> {
  for (const file of overlayFiles(folder)) {
    const content = await readFile(join(folder, file));
    // What holds no nonce may be anything, also bytes that are no text.
    files.set(file, content.includes(nonceMark) ? Buffer.from(fillNonce(content.toString('utf8'), nonce)) : content);
  }
}

async function writeOrRemove(path: string, content: Buffer | null): Promise<void> {
  if (content === null) return await rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** The path of `file` relative to `folder`, or null where it lies outside. */
export function pathInside(folder: string, file: string): string | null {
  const path = relative(folder, file);
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? null : path;
}

function missing(file: string): (cause: unknown) => never {
  return (cause) => {
    throw missingFile(file, cause);
  };
}

function missingFile(file: string, cause?: unknown): DeployclockError {
  const why = cause === undefined ? '' : `: ${messageOf(cause)}`;
  return new DeployclockError('EDIT_FAILED', `The context has no file "${file}" to edit${why}.`, { cause });
}
