import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { DeployclockError, messageOf } from '../errors.ts';

/** Which paths of a context go to the engine. Paths are relative to the context, with `/`. */
export interface ContextIgnore {
  readonly keeps: (path: string) => boolean;
  /** False for an ignored folder in which nothing can be kept: walking it would be wasted. */
  readonly enters: (folder: string) => boolean;
}

/**
 * The rules for a build: `<Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore` in the context, else none. That order is
 * BuildKit's.
 * @throws DeployclockError DOCKERFILE_INVALID where a pattern cannot be read
 */
export function readIgnore(context: string, dockerfile: string): ContextIgnore {
  const file = [`${dockerfile}.dockerignore`, join(context, '.dockerignore')].find((path) => existsSync(path));
  return file === undefined ? keepEverything : parseIgnore(readFileSync(file, 'utf8'), file);
}

const keepEverything: ContextIgnore = { keeps: () => true, enters: () => true };

/** The rules written in `text`; `path` names it in messages. */
export function parseIgnore(text: string, path: string): ContextIgnore {
  const patterns = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  // The library's default is to ignore case; Docker does not.
  const rules = dockerignore.default({ ignorecase: false }).add(patterns.map(escapeForLibrary));
  const hasExceptions = patterns.some((pattern) => pattern.trim().startsWith('!'));
  const keeps = (file: string): boolean => !rules.ignores(file);
  try {
    // Patterns are compiled at their first use: a broken one must be told now, not in the middle of a run.
    keeps('any/file');
  } catch (thrown) {
    throw new DeployclockError(
      'DOCKERFILE_INVALID',
      `${path} has a pattern that cannot be read: ${messageOf(thrown)}`,
      {
        hint: `Mend the pattern in ${path} and run the same command again.`,
        cause: thrown,
      },
    );
  }
  return { keeps, enters: (folder) => hasExceptions || keeps(folder) };
}

/** The library hands `+ ( ) { } |` to a regular expression as they are; in Docker's patterns they are plain letters. */
function escapeForLibrary(pattern: string): string {
  return pattern.replace(/[+(){}|]/g, '\\$&');
}
