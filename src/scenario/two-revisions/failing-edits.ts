import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextSource } from '../context-copy.ts';
import { editText, type FileEdit, overlayFiles } from '../edit.ts';
import { openEditContexts } from '../from-dockerfiles/edit-contexts.ts';
import { linkOnTheWay } from '../on-disk.ts';
import { type Edit, type EditedKind, editedKinds, type Scenario } from '../scenario.ts';

/** Why edits cannot be made in a context, by their kind: the end of a sentence that begins with the context's revision. */
export type FailingEdits = Readonly<Partial<Record<EditedKind, string>>>;

/** Tries the edits on a context's files, in memory and in the order of a lap: edits of both kinds lie on each other. */
export async function failingEdits(source: ContextSource, edits: Scenario['edits']): Promise<FailingEdits> {
  const { files } = await openEditContexts([source]);
  const failing: Partial<Record<EditedKind, string>> = {};
  let texts: ReadonlyMap<string, string> = new Map();
  for (const kind of editedKinds) {
    const tried = new Map(texts);
    const why = (edits[kind] ?? [])
      .map((edit) => (edit.action === 'overlay' ? tryOverlay(edit, source) : tryFile(edit, source, files, tried)))
      .find((reason) => reason !== null);
    if (why === undefined) texts = tried;
    else failing[kind] = why;
  }
  return failing;
}

function tryFile(
  edit: FileEdit,
  { context }: ContextSource,
  files: ReadonlySet<string>,
  texts: Map<string, string>,
): string | null {
  const { file } = edit;
  if (!files.has(file)) return `has no ${file} in its build context`;
  const edited = editText(texts.get(file) ?? readFileSync(join(context, file), 'utf8'), edit, 'nonce');
  if (edited === null) return `has a ${file} without the text to replace`;
  texts.set(file, edited);
  return null;
}

function tryOverlay(edit: Extract<Edit, { action: 'overlay' }>, { context }: ContextSource): string | null {
  const link = overlayFiles(edit.folder)
    .map((file) => linkOnTheWay(context, file))
    .find((found) => found !== null);
  return link === undefined ? null : `has a symbolic link at ${link} in its build context, which is not edited`;
}
