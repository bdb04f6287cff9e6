import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DeployclockError } from '../../../src/errors.ts';

/** A temporary folder with these files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'deployclock-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The error that `action` throws; fails where it throws none, or one of another class. */
export function errorOf(action: () => unknown): DeployclockError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof DeployclockError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}
