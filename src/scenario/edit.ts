import type { Edit } from './scenario.ts';
import type { WrittenEdit } from './schema.ts';

/** The edit as the rest of the program knows it. */
export function editOf(written: WrittenEdit): Edit {
  if (written.replace !== undefined) return { action: 'replace', ...written.replace };
  if (written.append !== undefined) return { action: 'append', ...written.append };
  throw new Error('the schema lets no edit without an action through');
}

/** `text` with every occurrence replaced, or the end appended; null where the text to replace does not occur. */
export function editText(text: string, edit: Edit, nonce: string): string | null {
  const fill = (written: string): string => written.replaceAll('{{nonce}}', () => nonce);
  if (edit.action === 'append') return text + fill(edit.text);
  return text.includes(edit.find) ? text.replaceAll(edit.find, () => fill(edit.with)) : null;
}
