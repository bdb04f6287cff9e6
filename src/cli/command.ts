import type { Command } from 'commander';
import type { Io } from './io.ts';

/** Wraps an action that answers an exit code. */
type Finish = <Args extends unknown[]>(action: (...args: Args) => Promise<number>) => (...args: Args) => Promise<void>;

/** Adds one command to the program. */
export type AddCommand = (program: Command, io: Io, finish: Finish) => void;

/** Options of the program itself, which stand before or after the command's name. */
export interface GlobalOptions {
  readonly verbose?: boolean;
  readonly host?: string;
}

export function globalOptions(program: Command): GlobalOptions {
  return program.opts<GlobalOptions>();
}
