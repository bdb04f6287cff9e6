import { DeployclockError, exitCodes, messageOf } from '../errors.ts';
import { safeLine, safeLines } from '../report/safe-text.ts';
import type { Io } from './io.ts';

/** Prints an error for a person and answers the exit code: what happened, the lines that show it, the next command to type. */
export function printError(thrown: unknown, io: Pick<Io, 'err'>, verbose: boolean): number {
  if (!(thrown instanceof DeployclockError)) {
    io.err(`deployclock: an error that it did not expect: ${shown(messageOf(thrown))}\n`);
    io.err(
      verbose && thrown instanceof Error
        ? `${safeLines(thrown.stack ?? '').join('\n')}\n`
        : '  Run again with --verbose for the details.\n',
    );
    return exitCodes.environment;
  }
  io.err(`deployclock: ${shown(thrown.message)}\n`);
  if (thrown.excerpt !== null)
    io.err(
      safeLines(thrown.excerpt)
        .map((line) => `  │ ${line}\n`)
        .join(''),
    );
  if (thrown.hint !== null) io.err(`  → ${shown(thrown.hint)}\n`);
  if (verbose) io.err(`${withoutPassword(safeLines(causes(thrown)).join('\n'))}\n`);
  return thrown.exitCode;
}

function shown(text: string): string {
  return withoutPassword(safeLine(text));
}

/** An address that somebody typed may hold a password: `scheme://user:password@host`. */
function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/\s:@]*):[^@\s]*@/g, '$1:…@');
}

function causes(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nbecause: ${causes(error.cause)}` : own;
}
