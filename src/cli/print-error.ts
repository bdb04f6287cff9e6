import { DeployclockError, exitCodes, messageOf } from '../errors.ts';
import { safeLine, safeLines } from '../report/safe-text.ts';
import type { Io } from './io.ts';

/** Prints an error for a person and answers the exit code: what happened, the lines that show it, the next command to type. */
export function printError(thrown: unknown, io: Pick<Io, 'err'>, verbose: boolean): number {
  if (!(thrown instanceof DeployclockError)) {
    io.err(`deployclock: an error that it did not expect: ${messageOf(thrown)}\n`);
    io.err(verbose && thrown instanceof Error ? `${thrown.stack}\n` : '  Run again with --verbose for the details.\n');
    return exitCodes.environment;
  }
  io.err(`deployclock: ${safeLine(thrown.message)}\n`);
  if (thrown.excerpt !== null)
    io.err(
      safeLines(thrown.excerpt)
        .map((line) => `  │ ${line}\n`)
        .join(''),
    );
  if (thrown.hint !== null) io.err(`  → ${thrown.hint}\n`);
  if (verbose) io.err(`${causes(thrown)}\n`);
  return thrown.exitCode;
}

function causes(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nbecause: ${causes(error.cause)}` : own;
}
