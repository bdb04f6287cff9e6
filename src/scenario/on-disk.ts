import { lstatSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

/** Null for whatever cannot be there: also below a file, along a loop of links, and under a name too long for the disk. */
function look(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

export function isFile(path: string): boolean {
  return look(path)?.isFile() ?? false;
}

export function isFolder(path: string): boolean {
  return look(path)?.isDirectory() ?? false;
}

/** The first part of `path` below `folder` that is a symbolic link, with what leads to it; null where none is. */
export function linkOnTheWay(folder: string, path: string): string | null {
  const parts = path.split('/');
  for (const [index] of parts.entries()) {
    const part = parts.slice(0, index + 1).join('/');
    try {
      if (lstatSync(join(folder, part)).isSymbolicLink()) return part;
    } catch {
      return null;
    }
  }
  return null;
}
