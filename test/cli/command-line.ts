import type { Io } from '../../src/cli/io.ts';
import { runCommandLine } from '../../src/cli/program.ts';
import { fixtures } from '../lab/bed.ts';

export interface Finished {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a whole command line in this process, with nothing of the process but what is given. */
export async function commandLine(args: readonly string[], over: Partial<Io> = {}): Promise<Finished> {
  let out = '';
  let err = '';
  const exitCode = await runCommandLine(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    env: {},
    cwd: fixtures,
    ask: null,
    interrupted: new AbortController().signal,
    ...over,
  });
  return { exitCode, out, err };
}
