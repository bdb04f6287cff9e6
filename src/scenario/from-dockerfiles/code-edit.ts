import { relative, resolve, sep } from 'node:path';
import { DeployclockError } from '../../errors.ts';
import { pathInside } from '../context-copy.ts';
import type { FileEdit } from '../edit.ts';
import { nearestWord } from '../nearest-word.ts';
import type { EditContexts } from './edit-contexts.ts';
import { editTextFor } from './edit-text.ts';
import { guessMainSource } from './main-source.ts';

export interface CodeEdit {
  /** Null where no file to edit was found. */
  readonly edit: FileEdit | null;
  /** What to tell of it, in a whole sentence; null where the file was said. */
  readonly sentence: string | null;
}

/** Where a person's path may start from: the working folder, or the context. */
export interface EditedFolders {
  readonly cwd: string;
  readonly context: string;
}

/**
 * The code edit: of the file that was said, else of the one that is most likely the app's main source.
 * @throws DeployclockError USAGE where the file that was said is not in every context, or cannot be edited
 */
export function chooseCodeEdit(contexts: EditContexts, given: string | null, folders: EditedFolders): CodeEdit {
  if (given !== null) {
    const file = givenFile(contexts, given, folders);
    const written = editTextFor(file, contexts.read(file), 'code-edit');
    if (written.ok) return { edit: { action: 'append', file, text: written.text }, sentence: null };
    throw new DeployclockError('USAGE', `--edit ${given}: ${written.reason}.`, {
      hint: 'deployclock init without --edit, then write the edit into scenario.yaml under edits.code-edit',
    });
  }
  const manifest = contexts.files.has('package.json') ? contexts.read('package.json') : null;
  const guessed = guessMainSource(contexts.files, manifest);
  const written = guessed === null ? null : editTextFor(guessed.file, contexts.read(guessed.file), 'code-edit');
  if (guessed === null || written === null || !written.ok) {
    return { edit: null, sentence: 'No code edit: which file is the source could not be told; --edit names it.' };
  }
  return {
    edit: { action: 'append', file: guessed.file, text: written.text },
    sentence: `The code edit changes ${guessed.file}, guessed from ${guessed.from}.`,
  };
}

function givenFile(contexts: EditContexts, given: string, { cwd, context }: EditedFolders): string {
  const fromCwd = pathInside(context, resolve(cwd, given));
  const fromContext = pathInside(context, resolve(context, given));
  const candidates = [fromCwd, fromContext].flatMap((path) => (path === null ? [] : [path.split(sep).join('/')]));
  const file = candidates.find((path) => contexts.files.has(path));
  if (file !== undefined) return file;
  const nearest = nearestWord(candidates[0] ?? given, contexts.files);
  const help = nearest === null ? '' : ` Did you mean "${nearest}"?`;
  const where = relative(cwd, context) || 'the working folder';
  throw new DeployclockError(
    'USAGE',
    `--edit ${given}: not every build context has this file, or a .dockerignore leaves it out (${where}).${help}`,
    { hint: 'Name a file of the source, from the working folder or from the build context.' },
  );
}
