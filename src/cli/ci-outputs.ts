import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { type ChangedDockerfile, renderAnnotations } from '../report/annotations.ts';
import { renderCiComment } from '../report/ci-comment.ts';
import { renderCiJson } from '../report/ci-json.ts';
import { renderCiSummary } from '../report/ci-summary.ts';
import { renderCiAnswer, renderCiTerminal } from '../report/ci-terminal.ts';
import type { CiView } from '../report/ci-view.ts';
import { renderGateFor } from '../report/gate-formats.ts';
import { safeLine } from '../report/safe-text.ts';
import { type Io, wantsColor } from './io.ts';

export interface CiOutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly output?: string[];
  readonly comment?: string;
  readonly summary?: string;
}

/** Writes what a run of `deployclock ci` came to wherever it is wanted. GitHub's runner says by its variables that it is there. */
export async function writeCi(
  view: CiView,
  changed: ChangedDockerfile,
  options: CiOutputOptions,
  io: Io,
): Promise<void> {
  const style = { color: wantsColor(io, io.outIsTerminal), width: io.columns };
  if (options.json === true) io.out(renderCiJson(view));
  else if (options.quiet === true) io.out(renderCiAnswer(view, style));
  else io.out(renderCiTerminal(view, style));
  const { gates } = view;
  for (const file of options.output ?? []) {
    if (gates !== null) await writeFile(resolve(io.cwd, file), renderGateFor(file)(gates));
    else io.err(`${safeLine(file)} is not written: nothing was judged.\n`);
  }
  if (options.comment !== undefined) await writeFile(resolve(io.cwd, options.comment), renderCiComment(view));
  if (options.summary !== undefined) await writeFile(resolve(io.cwd, options.summary), renderCiSummary(view));
  await tellGitHub(view, changed, io);
}

async function tellGitHub(view: CiView, changed: ChangedDockerfile, io: Io): Promise<void> {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = io.env;
  // The runner reads both streams; stdout belongs to the result.
  if (GITHUB_ACTIONS === 'true') io.err(renderAnnotations(view, changed));
  if (GITHUB_STEP_SUMMARY === undefined || GITHUB_STEP_SUMMARY === '') return;
  try {
    await appendFile(GITHUB_STEP_SUMMARY, renderCiSummary(view));
  } catch (thrown) {
    // What was found out is not lost for want of a summary.
    io.err(`The job summary could not be written: ${safeLine(messageOf(thrown))}\n`);
  }
}
