import { relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { monotonicClock } from '../../clock.ts';
import { DeployclockError, exitCodeOf, exitCodes } from '../../errors.ts';
import { safeLine } from '../../report/safe-text.ts';
import { readRun } from '../../results/run-folder.ts';
import type { Sample } from '../../results/sample.ts';
import { readDockerfiles, recordRun } from '../../run/record-run.ts';
import { loadScenario } from '../../scenario/load-scenario.ts';
import { nearestWord } from '../../scenario/nearest-word.ts';
import { type DeployKind, deployKinds, type Scenario } from '../../scenario/scenario.ts';
import { type AddCommand, globalOptions } from '../command.ts';
import { connectToHost } from '../host.ts';
import type { Io } from '../io.ts';
import { linksWith } from '../links-option.ts';
import { checkReportFiles, collect, type OutputOptions, outputOptions, writeReports } from '../output.ts';
import { createProgress } from '../progress.ts';
import { bundledScenarios, toolVersion } from '../tool.ts';

interface RunOptions extends OutputOptions {
  readonly rounds: number;
  readonly kinds?: string;
  readonly variants?: string;
  readonly link?: string[];
  readonly seed?: number;
  readonly results: string;
}

export const runCommand: AddCommand = (program, io, finish) => {
  outputOptions(
    program
      .command('run')
      .description('drive every variant of a scenario through real deploys and time every phase')
      .argument('<scenario>', 'a folder with a scenario.yaml, the file itself, or the name of a bundled scenario')
      .option('--rounds <number>', 'rounds to run', wholeNumber, 3)
      .option('--kinds <list>', `deploy kinds, separated by commas: ${deployKinds.join(', ')}`)
      .option('--variants <list>', 'variants to run, separated by commas; the first is the baseline')
      .option(
        '--link <profile>',
        '100mbps, 20mbps/30ms, lan, unshaped; for one path: uplink=50mbps (repeatable)',
        collect,
      )
      .option('--seed <number>', "seed of the variants' random order", wholeNumber)
      .option('--results <folder>', 'where run folders go', 'results'),
  ).action(
    finish(async (name: string, options: RunOptions) => {
      checkReportFiles(options.output ?? []);
      const written = loadScenario(name, io.cwd, bundledScenarios);
      const scenario = chooseVariants(
        { ...written, links: linksWith(written.links, options.link ?? []) },
        options.variants,
      );
      const kinds = chooseKinds(scenario, options.kinds);
      // Before an engine is asked for anything: what is wrong with the input is told first.
      const dockerfiles = readDockerfiles(scenario, io.cwd);
      const host = await connectToHost(globalOptions(program), io);
      const progress =
        options.quiet === true
          ? null
          : createProgress(
              io,
              () => monotonicClock.now(),
              globalOptions(program).verbose === true ? 'phases' : 'deploys',
            );
      const run = {
        scenario,
        kinds,
        rounds: options.rounds,
        seed: options.seed ?? Math.floor(Math.random() * 2 ** 31),
      };
      let folder: string | null = null;
      try {
        const samples = await recordRun({
          ...run,
          host,
          dockerfiles,
          resultsRoot: resolve(io.cwd, options.results),
          toolVersion: toolVersion(),
          command: commandAgain(name, options, run.seed),
          clock: monotonicClock,
          signal: io.interrupted,
          listen: (event) => progress?.onEvent(event),
          onFolder: (made) => {
            folder = made;
          },
        });
        progress?.stop();
        if (folder !== null) await writeReports(await readRun(folder), options, io);
        if (folder !== null && options.json !== true) tellFolder(io, options, folder);
        tellFailures(io, options, samples);
        return exitCodeFor(samples);
      } catch (thrown) {
        progress?.stop();
        if (folder !== null)
          io.err(`What was measured so far is kept: deployclock report ${relative(io.cwd, folder)}\n`);
        throw thrown;
      }
    }),
  );
};

function tellFolder(io: Io, options: OutputOptions, folder: string): void {
  const path = relative(io.cwd, folder);
  if (options.quiet !== true) io.err(`\nThe run is in ${path}\nThe same report again: deployclock report ${path}\n`);
}

/**
 * Failed deploys make the run a failure, though all of its samples are reported: of the environment where any of them failed for that, otherwise of
 * the Dockerfiles where all failed for those, otherwise of the measurement.
 */
function exitCodeFor(samples: readonly Sample[]): number {
  const failed = samples.filter((sample) => sample.outcome !== 'ok');
  const codes = failed.map(({ outcome, failure }) =>
    outcome === 'wrong-state' ? exitCodes.measurement : exitCodeOf(failure?.code ?? ''),
  );
  if (codes.length === 0) return exitCodes.done;
  if (codes.includes(exitCodes.environment)) return exitCodes.environment;
  return codes.every((code) => code === exitCodes.usage) ? exitCodes.usage : exitCodes.measurement;
}

/** Where the report is cut short or is for a program, the reasons for the exit code are told apart from it. */
function tellFailures(io: Io, options: OutputOptions, samples: readonly Sample[]): void {
  if (options.quiet !== true && options.json !== true) return;
  for (const { outcome, round, variant, kind, failure } of samples) {
    if (outcome !== 'ok')
      io.err(`round ${round} · ${variant} · ${kind}: ${outcome}: ${safeLine(failure?.message ?? '')}\n`);
  }
}

function chooseVariants(scenario: Scenario, list: string | undefined): Scenario {
  if (list === undefined) return scenario;
  const names = scenario.variants.map((variant) => variant.name);
  const [first, ...rest] = splitList(list, names, 'variant').flatMap((name) =>
    scenario.variants.filter((variant) => variant.name === name),
  );
  if (first === undefined) throw new DeployclockError('USAGE', '--variants names no variant.');
  return { ...scenario, variants: [first, ...rest] };
}

/** A lap goes through its kinds in one order, whatever the order on the command line; each kind needs the ones before it. */
function chooseKinds(scenario: Scenario, list: string | undefined): DeployKind[] {
  const available = deployKinds.filter((kind) => kind === 'first' || scenario.edits[kind] !== undefined);
  if (list === undefined) return available;
  const chosen = new Set(splitList(list, deployKinds, 'deploy kind'));
  for (const kind of deployKinds) {
    if (chosen.has(kind) && !available.includes(kind)) {
      throw new DeployclockError(
        'USAGE',
        `The scenario ${scenario.name} has no edit for ${kind}, so that kind cannot be run.`,
        {
          hint: `Write one under edits.${kind} in its scenario.yaml.`,
        },
      );
    }
  }
  if (!chosen.has('first')) {
    throw new DeployclockError(
      'USAGE',
      'Every lap begins with a first deploy: the other kinds go on from what it leaves.',
      {
        hint: `--kinds first,${[...chosen].join(',')}`,
      },
    );
  }
  return available.filter((kind) => chosen.has(kind));
}

function splitList(list: string, known: readonly string[], what: string): string[] {
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearestWord(name, known);
    throw new DeployclockError(
      'USAGE',
      `There is no ${what} "${name}".${near === null ? '' : ` Did you mean "${near}"?`}`,
      {
        hint: `Known: ${known.join(', ')}`,
      },
    );
  }
  return [...new Set(names)];
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value >= 2 ** 31)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

function commandAgain(name: string, options: RunOptions, seed: number): string {
  return [
    `deployclock run ${name}`,
    `--rounds ${options.rounds}`,
    ...(options.kinds === undefined ? [] : [`--kinds ${options.kinds}`]),
    ...(options.variants === undefined ? [] : [`--variants ${options.variants}`]),
    ...(options.link ?? []).map((link) => `--link ${link}`),
    `--seed ${seed}`,
  ].join(' ');
}
