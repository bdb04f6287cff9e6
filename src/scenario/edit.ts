import { readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { isFile, isFolder } from './on-disk.ts';
import type { Edit } from './scenario.ts';
import type { WrittenEdit } from './schema.ts';

/** What a text holds where each deploy gets a value of its own. */
export const nonceMark = '{{nonce}}';

/** An edit of one file's text. */
export type FileEdit = Exclude<Edit, { readonly action: 'overlay' }>;

/** The edit as the rest of the program knows it; `folder` is the scenario's, where an overlay lies. */
export function editOf(written: WrittenEdit, folder: string): Edit {
  if (written.replace !== undefined) return { action: 'replace', ...written.replace };
  if (written.append !== undefined) return { action: 'append', ...written.append };
  if (written.overlay !== undefined) return { action: 'overlay', folder: resolve(folder, written.overlay) };
  throw new Error('the schema lets no edit without an action through');
}

export function fillNonce(written: string, nonce: string): string {
  return written.replaceAll(nonceMark, () => nonce);
}

/** `text` with every occurrence replaced, or the end appended; null where the text to replace does not occur. */
export function editText(text: string, edit: FileEdit, nonce: string): string | null {
  if (edit.action === 'append') return text + fillNonce(edit.text, nonce);
  return text.includes(edit.find) ? text.replaceAll(edit.find, () => fillNonce(edit.with, nonce)) : null;
}

/** Paths of all files under an overlay's folder, relative to it, with `/`, sorted; empty where there is no such folder. */
export function overlayFiles(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => isFile(join(folder, path)))
    .map((path) => path.split(sep).join('/'))
    .toSorted();
}
