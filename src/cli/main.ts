#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { exitCodes } from '../errors.ts';
import { watchForInterrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { runCommandLine } from './program.ts';

const err = (text: string): void => {
  process.stderr.write(text);
};

// A reader that goes away (`| head`, a closed terminal) must not end the process before it has cleaned up.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exitCode = exitCodes.environment;
});
process.stderr.on('error', () => undefined);

const interrupted = watchForInterrupt(err);
const io: Io = {
  out: (text) => {
    process.stdout.write(text);
  },
  err,
  outIsTerminal: process.stdout.isTTY === true,
  errIsTerminal: process.stderr.isTTY === true,
  columns: process.stdout.columns ?? process.stderr.columns ?? 100,
  env: process.env,
  cwd: process.cwd(),
  ask: process.stdin.isTTY === true ? askOnTerminal : null,
  interrupted,
};

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C reaches the terminal's reader, not the process; Ctrl-D closes it without an answer.
    terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    return await Promise.race([terminal.question(question, { signal: interrupted }), closed]);
  } finally {
    terminal.close();
  }
}

// Not process.exit: output that is still on its way to a pipe would be cut off.
const exitCode = await runCommandLine(process.argv.slice(2), io);
process.exitCode ??= exitCode;
