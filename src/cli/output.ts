import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { renderJson } from '../report/json.ts';
import { renderByExtension, renderFor } from '../report/render.ts';
import { renderScorecard } from '../report/scorecard.ts';
import { renderTerminal } from '../report/terminal.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { compareRun } from '../verdict/comparison.ts';
import { type Io, wantsColor } from './io.ts';

export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly scorecard?: boolean;
  readonly output?: string[];
}

export function outputOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document and nothing else on stdout')
    .option('--quiet', 'print no progress, and of the result the scorecard alone')
    .option(
      '--scorecard',
      'end with the scorecard: image size, pull on a fresh server, rebuild after a code edit, cold start',
    )
    .option(
      '-o, --output <file>',
      'write the report to a file too, by extension: .txt .md .json (repeatable)',
      collect,
    );
}

export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** @throws DeployclockError USAGE where a report file's format is not known */
export function checkReportFiles(files: readonly string[]): void {
  for (const file of files) renderFor(file);
}

/** Prints the report of a run and writes the files asked for. */
export async function writeReports(run: RunFolder, options: OutputOptions, io: Io): Promise<void> {
  const comparison = compareRun(run);
  const style = { color: wantsColor(io, io.outIsTerminal), width: io.columns };
  if (options.json === true) io.out(renderJson(run, comparison));
  else {
    if (options.quiet !== true) io.out(renderTerminal(run, comparison, style));
    if (options.quiet === true) io.out(renderScorecard(run, comparison, style));
    else if (options.scorecard === true) io.out(`\n${renderScorecard(run, comparison, style)}`);
  }
  for (const file of options.output ?? []) {
    await writeFile(resolve(io.cwd, file), renderByExtension(run, comparison, file));
  }
}
