import { Command, CommanderError } from 'commander';
import { DeployclockError, exitCodes } from '../errors.ts';
import { safeLines } from '../report/safe-text.ts';
import { calibrateCommand } from './commands/calibrate.ts';
import { ciCommand } from './commands/ci.ts';
import { cleanCommand } from './commands/clean.ts';
import { gateCommand } from './commands/gate.ts';
import { historyCommand } from './commands/history.ts';
import { initCommand } from './commands/init.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { scenariosCommand } from './commands/scenarios.ts';
import { selftestCommand } from './commands/selftest.ts';
import { setupCommand } from './commands/setup.ts';
import type { Io } from './io.ts';
import { printError } from './print-error.ts';
import { toolVersion } from './tool.ts';

const exitCodeHelp = `
Exit codes:
  0  done, or gate passed; an inconclusive gate too, with a warning
  1  gate failed; calibrate raised a false alarm, selftest missed a plant
  2  usage or scenario wrong
  3  environment: no engine, no image, no disk
  4  measurement failed: build error, app never ready, gate not judged
  5  gate inconclusive, with --inconclusive=fail
  130  interrupted
`;

/** Runs one command line (without the program's name) and answers the exit code; nothing is thrown. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = new Command('deployclock')
    .description(
      'Puts a clock on a Docker deploy: builds, pushes, pulls and starts on engines of its own, and times every phase.',
    )
    .version(toolVersion())
    .option('--verbose', 'show every phase as it starts, and causes and stack traces of errors')
    .option('--host <address>', 'engine that carries the lab: unix://…, tcp://…, ssh://…, or context:NAME')
    .addHelpText('after', exitCodeHelp)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: (text) => io.err(`${safeLines(text).join('\n')}\n`) });

  const finish =
    <Args extends unknown[]>(action: (...args: Args) => Promise<number>) =>
    async (...args: Args): Promise<void> => {
      exitCode = await action(...args);
    };
  for (const add of [
    runCommand,
    ciCommand,
    initCommand,
    reportCommand,
    gateCommand,
    historyCommand,
    calibrateCommand,
    selftestCommand,
    setupCommand,
    scenariosCommand,
    cleanCommand,
  ])
    add(program, io, finish);

  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const expected = thrown instanceof DeployclockError && thrown.code === 'INTERRUPTED';
    if (io.interrupted.aborted && (expected || isAbort(thrown))) return exitCodes.interrupted;
    const exit = printError(thrown, io, program.opts<{ verbose?: boolean }>().verbose === true);
    return io.interrupted.aborted ? exitCodes.interrupted : exit;
  }
}

/** What an aborted signal makes waiting calls throw. */
function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
