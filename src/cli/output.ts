import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { DeployclockError } from '../errors.ts';
import { renderJson } from '../report/json.ts';
import { renderByExtension, renderFor } from '../report/render.ts';
import { renderScorecard } from '../report/scorecard.ts';
import { renderTerminal } from '../report/terminal.ts';
import { type RunFolder, runFile } from '../results/run-folder.ts';
import { compareRun } from '../verdict/comparison.ts';
import { type Io, wantsColor } from './io.ts';
import { marksFor } from './marks-for.ts';
import { requirePlaceFor } from './output-file.ts';

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
      'write the report to a file too, by extension: .html .txt .md .json (repeatable)',
      collect,
    );
}

export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** @throws DeployclockError USAGE where a report file's format is not known, or where it cannot be written there */
export function checkReportFiles(files: readonly string[], cwd: string): void {
  for (const file of files) {
    renderFor(file);
    const path = resolve(cwd, file);
    requirePlaceFor(file, cwd);
    if (basename(path) === runFile) {
      throw new DeployclockError(
        'USAGE',
        `-o ${file}: this is the name of a run's own record, which a report must not replace.`,
      );
    }
  }
}

/** Prints the report of a run and writes the files asked for. */
export async function writeReports(run: RunFolder, options: OutputOptions, io: Io): Promise<void> {
  const comparison = compareRun(run);
  const style = { color: wantsColor(io, io.outIsTerminal), width: io.columns };
  const marks = marksFor(io);
  if (options.json === true) io.out(renderJson(run, comparison));
  else {
    if (options.quiet !== true) io.out(renderTerminal(run, comparison, style, marks));
    if (options.quiet === true) io.out(renderScorecard(run, comparison, style, marks));
    else if (options.scorecard === true) io.out(`\n${renderScorecard(run, comparison, style, marks)}`);
  }
  for (const file of options.output ?? []) {
    await writeFile(resolve(io.cwd, file), renderByExtension(run, comparison, file));
  }
}
