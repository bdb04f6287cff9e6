import { execa } from 'execa';

/** What every long step of the set-up takes: where to tell how it goes, and how it is called off. */
export interface Work {
  readonly onProgress: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface CommandSettings {
  readonly env?: Readonly<Record<string, string>>;
  /** Sent to the command when the work is called off; SIGTERM where nothing is said. */
  readonly killSignal?: 'SIGTERM' | 'SIGKILL';
}

/** A command that could not be started or failed. */
export class CommandFailure extends Error {
  /** What it printed last, both streams in order. */
  readonly lastLines: string;
  constructor(message: string, lastLines: string, cause: unknown) {
    super(message, { cause });
    this.name = 'CommandFailure';
    this.lastLines = lastLines;
  }
}

const keptLines = 15;

/**
 * Runs a command without a terminal, telling every line that it prints.
 * @returns its last lines
 * @throws CommandFailure; the signal's reason where it was called off
 */
export async function runCommand(
  command: string,
  parameters: readonly string[],
  work: Work,
  settings: CommandSettings = {},
): Promise<string> {
  const last: string[] = [];
  const subprocess = execa(command, parameters, {
    all: true,
    buffer: false,
    stdin: 'ignore',
    cancelSignal: work.signal,
    env: { LC_ALL: 'C.UTF-8', ...settings.env },
    killSignal: settings.killSignal ?? 'SIGTERM',
  });
  try {
    for await (const line of subprocess.iterable({ from: 'all' })) {
      if (line.trim() === '') continue;
      last.push(line);
      if (last.length > keptLines) last.shift();
      work.onProgress(line);
    }
    await subprocess;
  } catch (thrown) {
    work.signal.throwIfAborted();
    throw new CommandFailure(`${command} ${parameters[0] ?? ''} failed`.trimEnd(), last.join('\n'), thrown);
  }
  return last.join('\n');
}

/** What a quick command prints on its standard output; null where it cannot be started or fails. */
export async function outputOf(command: string, parameters: readonly string[]): Promise<string | null> {
  const { failed, stdout } = await execa(command, parameters, { reject: false, stdin: 'ignore' });
  return failed ? null : stdout;
}

/** Whether the command is there and runs with these parameters. */
export async function canRun(command: string, parameters: readonly string[]): Promise<boolean> {
  return (await outputOf(command, parameters)) !== null;
}
