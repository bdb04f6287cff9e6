import { dirname, resolve } from 'node:path';
import { DeployclockError } from '../errors.ts';
import { isFolder } from '../scenario/on-disk.ts';

/** @throws DeployclockError USAGE where `-o <file>` names no place that a file can be written to */
export function requirePlaceFor(file: string, cwd: string): void {
  const path = resolve(cwd, file);
  if (isFolder(path)) throw new DeployclockError('USAGE', `-o ${file}: this is a folder.`);
  if (isFolder(dirname(path))) return;
  throw new DeployclockError('USAGE', `-o ${file}: there is no folder ${dirname(file)}.`, {
    hint: `mkdir -p ${dirname(file)}`,
  });
}
