import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContextIgnore } from './dockerignore.ts';

/** Something of a context that goes to the engine. `path` is relative to the context, with `/`. */
export interface ContextEntry {
  readonly path: string;
  readonly sort: 'file' | 'folder' | 'symlink';
}

/**
 * Everything under `context` that the rules keep, sorted by path; a folder comes before what it holds. Sockets, pipes and devices are
 * left out, symbolic links are not followed. A folder that is ignored appears if something in it is kept.
 */
export async function walkContext(context: string, ignore: ContextIgnore): Promise<ContextEntry[]> {
  const entries = await walkFolder(context, '', ignore);
  return entries.sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function walkFolder(context: string, folder: string, ignore: ContextIgnore): Promise<ContextEntry[]> {
  const found: ContextEntry[] = [];
  for (const entry of await readdir(join(context, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const sort = sortOf(entry);
    if (sort === 'folder') {
      const inside = ignore.enters(path) ? await walkFolder(context, path, ignore) : [];
      if (inside.length > 0 || ignore.keeps(path)) found.push({ path, sort });
      for (const child of inside) found.push(child);
    } else if (sort !== null && ignore.keeps(path)) {
      found.push({ path, sort });
    }
  }
  return found;
}

function sortOf(entry: Dirent): ContextEntry['sort'] | null {
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'symlink';
  return entry.isFile() ? 'file' : null;
}
