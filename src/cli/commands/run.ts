import { homedir } from 'node:os';
import { relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { monotonicClock } from '../../clock.ts';
import { DeployclockError } from '../../errors.ts';
import { safeLine } from '../../report/safe-text.ts';
import { readRun } from '../../results/run-folder.ts';
import type { Sample } from '../../results/sample.ts';
import { recordRun } from '../../run/record-run.ts';
import { readDockerfiles } from '../../run/supply-missing.ts';
import { isFile } from '../../scenario/on-disk.ts';
import { deployKinds, type Scenario } from '../../scenario/scenario.ts';
import { type ChosenKinds, chooseKinds } from '../choose-kinds.ts';
import { type AddCommand, type GlobalOptions, globalOptions } from '../command.ts';
import { type DockerfileOptions, dockerfileOptions, dockerfileOptionsAgain } from '../dockerfile-options.ts';
import { exitCodeFor } from '../exit-code.ts';
import { connectToHost } from '../host.ts';
import type { Io } from '../io.ts';
import { linksWith } from '../links-option.ts';
import { openSubject } from '../open-subject.ts';
import { checkReportFiles, collect, type OutputOptions, outputOptions, writeReports } from '../output.ts';
import { type OverrideOptions, overrideOptions, overrideOptionsAgain } from '../override-options.ts';
import { createProgress } from '../progress.ts';
import { repeatsFrom } from '../repeat-option.ts';
import { splitList } from '../split-list.ts';
import { toolVersion } from '../tool.ts';

interface RunOptions extends OutputOptions, DockerfileOptions, OverrideOptions {
  readonly rounds: number;
  readonly kinds?: string;
  readonly repeat?: string[];
  readonly variants?: string;
  readonly link?: string[];
  readonly server?: string;
  readonly registry?: string;
  readonly registryCa?: string;
  readonly seed?: number;
  readonly results: string;
}

export const runCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('run')
    .description('drive every variant through real deploys and time every phase')
    .argument(
      '[what...]',
      'a scenario (a folder with a scenario.yaml, the file, a bundled name), or Dockerfiles, also as Dockerfile@v1.2; without any: the scenario.yaml or the Dockerfile here',
    )
    .option('--rounds <number>', 'rounds to run', wholeNumber, 3)
    .option('--kinds <list>', `deploy kinds, separated by commas: ${deployKinds.join(', ')}`)
    .option('--repeat <kind=number>', 'deploy a kind several times in each round: code-edit=5 (repeatable)', collect)
    .option('--variants <list>', 'variants to run, separated by commas; the first is the baseline')
    .option(
      '--link <profile>',
      '100mbps, 20mbps/30ms, lan, unshaped; for one path: uplink=50mbps (repeatable)',
      collect,
    )
    .option('--server <address>', 'an existing engine as the server: ssh://…, tcp://…, unix://…, context:NAME')
    .option('--registry <host>', 'an existing registry, host[:port][/prefix], with the login that Docker has for it')
    .option('--registry-ca <file>', "the certificate authority of that registry's certificate")
    .option('--seed <number>', "seed of the variants' random order", wholeNumber)
    .option('--results <folder>', 'where run folders go', 'results');
  overrideOptions(outputOptions(dockerfileOptions(command))).action(
    finish(async (words: string[], options: RunOptions) => {
      checkReportFiles(options.output ?? [], io.cwd);
      if (isFile(resolve(io.cwd, options.results)))
        throw new DeployclockError('USAGE', `--results ${options.results}: this is a file, not a folder.`);
      const repeats = repeatsFrom(options.repeat ?? []);
      const subject = await openSubject(words, options, io);
      try {
        const links = linksWith(subject.scenario.links, options.link ?? []);
        const scenario = chooseVariants({ ...subject.scenario, links }, options.variants);
        const chosen = chooseKinds(scenario, options.kinds, options.server !== undefined);
        refuseIdleRepeats(repeats, chosen);
        return await measure({ words, options, scenario, chosen, repeats }, globalOptions(program), io);
      } finally {
        await subject.close();
      }
    }),
  );
};

/** @throws DeployclockError USAGE where a kind is to be repeated that is not run */
function refuseIdleRepeats(repeats: ReturnType<typeof repeatsFrom>, { kinds, skipped }: ChosenKinds): void {
  const idle = deployKinds.find((kind) => repeats[kind] !== undefined && !kinds.includes(kind));
  if (idle === undefined) return;
  const why = skipped.find(({ kind }) => kind === idle)?.why ?? 'it is not among --kinds';
  throw new DeployclockError('USAGE', `--repeat ${idle}: this kind is not run: ${why}.`, {
    hint: `Leave --repeat ${idle} out, or let the kind be run.`,
  });
}

interface Measured {
  readonly words: readonly string[];
  readonly options: RunOptions;
  readonly scenario: Scenario;
  readonly chosen: ChosenKinds;
  readonly repeats: ReturnType<typeof repeatsFrom>;
}

async function measure(
  { words, options, scenario, chosen, repeats }: Measured,
  global: GlobalOptions,
  io: Io,
): Promise<number> {
  // Before an engine is asked for anything: what is wrong with the input is told first.
  const dockerfiles = readDockerfiles(scenario, io.cwd);
  const host = await connectToHost(global, io);
  const { kinds, skipped } = chosen;
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  if (options.quiet !== true) tellAssumptions(io, scenario, chosen);
  const progress =
    options.quiet === true
      ? null
      : createProgress(io, () => monotonicClock.now(), global.verbose === true ? 'phases' : 'deploys');
  let folder: string | null = null;
  try {
    const samples = await recordRun({
      ...{ scenario, kinds, skipped: [...skipped], rounds: options.rounds, repeats, seed, host, dockerfiles },
      existing: {
        server: options.server ?? null,
        registry: options.registry ?? null,
        registryCa: options.registryCa === undefined ? null : resolve(io.cwd, options.registryCa),
        env: io.env,
        home: homedir(),
      },
      resultsRoot: resolve(io.cwd, options.results),
      toolVersion: toolVersion(),
      command: commandAgain(words, options, seed),
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
    if (folder !== null) io.err(`What was measured so far is kept: deployclock report ${relative(io.cwd, folder)}\n`);
    throw thrown;
  }
}

/** What was found out instead of written may be wrong: it is told before minutes go by. */
function tellAssumptions(io: Io, scenario: Scenario, { skipped }: ChosenKinds): void {
  for (const text of scenario.assumed) io.err(`assumed: ${safeLine(text)}\n`);
  for (const { kind, why } of skipped) io.err(`skipped: ${kind}: ${safeLine(why)}\n`);
}

function tellFolder(io: Io, options: OutputOptions, folder: string): void {
  const path = relative(io.cwd, folder);
  if (options.quiet !== true) io.err(`\nThe run is in ${path}\nThe same report again: deployclock report ${path}\n`);
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
  // `after` also means what --builder made of it: after-fresh, after-registry-cache.
  const bare = scenario.variants.map(({ name, builder }) => name.replace(new RegExp(`-${builder}$`), ''));
  const wanted = splitList(list, [...new Set([...names, ...bare])], 'variant');
  const chosen = wanted.flatMap((word) =>
    scenario.variants.filter((variant, index) => variant.name === word || bare[index] === word),
  );
  const [first, ...rest] = [...new Set(chosen)];
  if (first === undefined) throw new DeployclockError('USAGE', '--variants names no variant.');
  return { ...scenario, variants: [first, ...rest] };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value >= 2 ** 31)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

/** Without the values of build arguments and of the environment, which may be secrets. */
function commandAgain(words: readonly string[], options: RunOptions, seed: number): string {
  const { rounds, kinds, repeat, variants, link, server, registry, registryCa } = options;
  const one = (flag: string, value: string | undefined): string[] => (value === undefined ? [] : [`${flag} ${value}`]);
  return [
    'deployclock run',
    ...words,
    ...dockerfileOptionsAgain(options),
    ...overrideOptionsAgain(options),
    `--rounds ${rounds}`,
    ...one('--kinds', kinds),
    ...(repeat ?? []).map((each) => `--repeat ${each}`),
    ...one('--variants', variants),
    ...(link ?? []).map((each) => `--link ${each}`),
    ...one('--server', server),
    ...one('--registry', registry),
    ...one('--registry-ca', registryCa),
    `--seed ${seed}`,
  ].join(' ');
}
