import { resolve } from 'node:path';
import { exitCodes } from '../../errors.ts';
import { readRun } from '../../results/run-folder.ts';
import type { AddCommand } from '../command.ts';
import { checkReportFiles, type OutputOptions, outputOptions, writeReports } from '../output.ts';

export const reportCommand: AddCommand = (program, io, finish) => {
  outputOptions(
    program
      .command('report')
      .description('print the report of a run again, computed from its folder alone')
      .argument('<run>', "a run's folder: results/<scenario>/<run id>"),
  ).action(
    finish(async (folder: string, options: OutputOptions) => {
      checkReportFiles(options.output ?? [], io.cwd);
      const run = await readRun(resolve(io.cwd, folder));
      await writeReports(run, options, io);
      return exitCodes.done;
    }),
  );
};
