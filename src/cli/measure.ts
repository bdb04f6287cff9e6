import { homedir } from 'node:os';
import { relative, resolve } from 'node:path';
import { monotonicClock } from '../clock.ts';
import { safeLine } from '../report/safe-text.ts';
import { type RunFolder, readRun } from '../results/run-folder.ts';
import type { RunRecord, Stopping } from '../results/run-record.ts';
import type { Pace } from '../run/pace.ts';
import { recordRun } from '../run/record-run.ts';
import { readDockerfiles } from '../run/supply-missing.ts';
import type { DeployKind, Scenario } from '../scenario/scenario.ts';
import { workingRevision } from '../scenario/working-revision.ts';
import type { ChosenKinds } from './choose-kinds.ts';
import type { GlobalOptions } from './command.ts';
import { connectToHost } from './host.ts';
import type { Io } from './io.ts';
import { createProgress, type Progress } from './progress.ts';
import { toolVersion } from './tool.ts';

interface ExistingOptions {
  readonly server: string | undefined;
  readonly registry: string | undefined;
  /** A file, from the working folder. */
  readonly registryCa: string | undefined;
}

/** What a command that measures has found out of its words and options. */
export interface Measuring {
  readonly scenario: Scenario;
  readonly chosen: ChosenKinds;
  readonly rounds: number;
  readonly repeats: Readonly<Partial<Record<DeployKind, number>>>;
  readonly stopping: Stopping;
  /** Made when the run begins to be shown: it may tell things between the lines of the progress. */
  readonly pace: (tell: (line: string) => void) => Pace;
  readonly seed: number;
  /** What is measured, as git knows it; without it what the scenario's folder is at. */
  readonly git?: RunRecord['git'];
  /** A server and a registry that were there before, as they were written. */
  readonly existing?: ExistingOptions;
  /** Where run folders go, as it was written. */
  readonly results: string;
  /** The command line that makes this run again. */
  readonly command: string;
  /** No progress and no assumptions. */
  readonly quiet: boolean;
}

export interface MeasuredRun {
  readonly run: RunFolder;
  /** Path of the run's folder from the working folder. */
  readonly folder: string;
}

export function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/**
 * Makes a run, shows how it goes on, and answers what its folder holds.
 * @throws DeployclockError of the environment, or INTERRUPTED; what was measured until then is kept, and said to be
 */
export async function measure(input: Measuring, global: GlobalOptions, io: Io): Promise<MeasuredRun> {
  const { scenario, chosen, existing } = input;
  // Before an engine is asked for anything: what is wrong with the input is told first.
  const dockerfiles = readDockerfiles(scenario, io.cwd);
  const host = await connectToHost(global, io);
  if (!input.quiet) tellAssumptions(io, scenario, chosen);
  const detail = global.verbose === true ? 'phases' : 'deploys';
  const progress: Progress | null = input.quiet ? null : createProgress(io, () => monotonicClock.now(), detail);
  let folder: string | null = null;
  try {
    const { kinds, skipped } = chosen;
    const { rounds, stopping, repeats, seed } = input;
    await recordRun({
      ...{ scenario, kinds, skipped: [...skipped], rounds, stopping, repeats, seed, host, dockerfiles },
      pace: input.pace((line) => progress?.tell(line)),
      existing: {
        server: existing?.server ?? null,
        registry: existing?.registry ?? null,
        registryCa: existing?.registryCa === undefined ? null : resolve(io.cwd, existing.registryCa),
        env: io.env,
        home: homedir(),
      },
      resultsRoot: resolve(io.cwd, input.results),
      git: input.git === undefined ? await workingRevision(scenario.folder) : input.git,
      toolVersion: toolVersion(),
      command: input.command,
      clock: monotonicClock,
      signal: io.interrupted,
      listen: (event) => progress?.onEvent(event),
      onFolder: (made) => {
        folder = made;
      },
    });
    progress?.stop();
    if (folder === null) throw new Error('a run ended without a folder');
    return { run: readRun(folder), folder: relative(io.cwd, folder) };
  } catch (thrown) {
    progress?.stop();
    if (folder !== null) io.err(`What was measured so far is kept: deployclock report ${relative(io.cwd, folder)}\n`);
    throw thrown;
  }
}

/** What was found out instead of written may be wrong: it is told before minutes go by. */
function tellAssumptions(io: Io, scenario: Scenario, { skipped }: ChosenKinds): void {
  for (const text of scenario.assumed) io.err(`assumed: ${safeLine(text)}\n`);
  for (const { kind, why } of skipped) io.err(`skipped: ${kind}: ${safeLine(why)}\n`);
}
