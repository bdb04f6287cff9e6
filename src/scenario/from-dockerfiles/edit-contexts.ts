import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIgnore } from '../dockerignore.ts';
import { editText, type FileEdit } from '../edit.ts';
import type { Variant } from '../scenario.ts';
import { walkContext } from '../walk-context.ts';

/** The files that an edit may change: those that go to the engine with every variant. */
export interface EditContexts {
  readonly files: ReadonlySet<string>;
  /** Text of a file in the first variant's context. */
  readonly read: (file: string) => string;
  /** Whether the edit can be applied to every variant. */
  readonly fits: (edit: FileEdit) => boolean;
}

/** Paths of regular files alone: an edit of a symbolic link could change a file outside of the private copy. */
export async function openEditContexts(
  variants: readonly Pick<Variant, 'context' | 'dockerfile'>[],
): Promise<EditContexts> {
  const kept = await Promise.all(variants.map(keptFiles));
  const [first = new Set<string>(), ...others] = kept;
  const files = new Set([...first].filter((file) => others.every((other) => other.has(file))));
  const texts = (file: string): string[] => variants.map(({ context }) => readFileSync(join(context, file), 'utf8'));
  return {
    files,
    read: (file) => texts(file)[0] ?? '',
    fits: (edit) => files.has(edit.file) && texts(edit.file).every((text) => editText(text, edit, 'nonce') !== null),
  };
}

async function keptFiles({ context, dockerfile }: Pick<Variant, 'context' | 'dockerfile'>): Promise<Set<string>> {
  const entries = await walkContext(context, readIgnore(context, dockerfile));
  return new Set(entries.filter(({ sort }) => sort === 'file').map(({ path }) => path));
}
