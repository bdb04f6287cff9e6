#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { exitCodes } from '../errors.ts';
import { watchForInterrupt } from './interrupt.ts';
import type { Io } from './io.ts';
import { runCommandLine } from './program.ts';

const err = (text: string): void => {
  process.stderr.write(text);
};

// A reader that goes away (`| head`) is no error of ours.
process.stdout.on('error', () => process.exit(exitCodes.done));

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
  interrupted: watchForInterrupt(err),
};

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

// Not process.exit: output that is still on its way to a pipe would be cut off.
process.exitCode = await runCommandLine(process.argv.slice(2), io);
