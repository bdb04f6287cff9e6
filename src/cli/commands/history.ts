import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { DeployclockError, exitCodes } from '../../errors.ts';
import { type HistoryReport, renderHistoryFor } from '../../report/history-formats.ts';
import { renderHistoryJson } from '../../report/history-json.ts';
import { renderHistoryTerminal } from '../../report/history-terminal.ts';
import { safeLine } from '../../report/safe-text.ts';
import { type History, historyFile, readHistory } from '../../results/history.ts';
import { historiesOf } from '../../verdict/trends.ts';
import type { AddCommand } from '../command.ts';
import { chosenMetrics, chosenVariants, entriesOf } from '../history-choice.ts';
import { type Io, wantsColor } from '../io.ts';
import { marksFor } from '../marks-for.ts';
import { collect } from '../output.ts';
import { requirePlaceFor } from '../output-file.ts';

interface HistoryOptions {
  readonly results: string;
  readonly variant?: string[];
  readonly metric?: string[];
  readonly last?: number;
  readonly json?: boolean;
  readonly output?: string[];
}

export const historyCommand: AddCommand = (program, io, finish) => {
  historyOptions(
    program
      .command('history')
      .description('show what the metrics of a scenario did from run to run, and at which run they took a step')
      .argument('[scenario]', 'name of a scenario that was run; without it all of them, in short'),
  ).action(
    finish(async (scenario: string | undefined, options: HistoryOptions) => {
      for (const file of options.output ?? []) {
        renderHistoryFor(file);
        requirePlaceFor(file, io.cwd);
      }
      const history = readHistory(resolve(io.cwd, options.results));
      for (const warning of history.warnings) io.err(`Warning: ${safeLine(warning)}\n`);
      if (history.entries.length === 0) throw noHistory(history, options.results);
      await writeHistory(reportOf(history, scenario, options), options, io);
      return exitCodes.done;
    }),
  );
};

function historyOptions(command: Command): Command {
  return command
    .option('--results <folder>', 'where run folders go', 'results')
    .option('--variant <name>', 'only this variant (repeatable)', collect)
    .option('--metric <name>', 'only this metric: code-edit.release, image.bytes (repeatable)', collect)
    .option('--last <number>', 'only so many runs of each scenario, the latest', runCount)
    .option('--json', 'print one JSON document and nothing else on stdout')
    .option('-o, --output <file>', 'write it to a file too, by extension: .txt .md .json .csv (repeatable)', collect);
}

function reportOf(
  { entries, warnings }: History,
  scenario: string | undefined,
  options: HistoryOptions,
): HistoryReport {
  const own = entriesOf(entries, scenario);
  const metrics = chosenMetrics(own, options.metric ?? []);
  const variants = chosenVariants(own, options.variant ?? []);
  const histories = historiesOf(own, { metrics, variants, last: options.last ?? null });
  const view = metrics !== null ? 'all' : histories.length > 1 ? 'headline' : 'usual';
  return { histories, view, warnings };
}

async function writeHistory(report: HistoryReport, options: HistoryOptions, io: Io): Promise<void> {
  const { histories, view, warnings } = report;
  const style = { color: wantsColor(io, io.outIsTerminal), width: io.columns };
  if (options.json === true) io.out(renderHistoryJson(histories, warnings));
  else io.out(renderHistoryTerminal(histories, view, marksFor(io), style));
  for (const file of options.output ?? []) await writeFile(resolve(io.cwd, file), renderHistoryFor(file)(report));
}

function noHistory({ warnings }: History, results: string): DeployclockError {
  const file = join(results, historyFile);
  const why =
    warnings.length > 0
      ? `No line of ${file} can be read by this version.`
      : `There is no history yet: each run that is finished adds a line to ${file}.`;
  return new DeployclockError('RESULTS_INVALID', why, {
    hint: 'deployclock run; where runs go to another folder: deployclock history --results <folder>',
  });
}

function runCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
