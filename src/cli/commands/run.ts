import { resolve } from 'node:path';
import { monotonicClock } from '../../clock.ts';
import { DeployclockError } from '../../errors.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { Sample } from '../../results/sample.ts';
import { everyTurn } from '../../run/pace.ts';
import { isFile } from '../../scenario/on-disk.ts';
import { deployKinds, type Scenario } from '../../scenario/scenario.ts';
import type { Milliseconds } from '../../units.ts';
import { mostRounds, type Until } from '../../verdict/until.ts';
import { type ChosenKinds, chooseKinds } from '../choose-kinds.ts';
import { type AddCommand, type GlobalOptions, globalOptions } from '../command.ts';
import { type DockerfileOptions, dockerfileOptions, dockerfileOptionsAgain, refOption } from '../dockerfile-options.ts';
import { exitCodeFor } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { keepHistory } from '../keep-history.ts';
import { linksWith } from '../links-option.ts';
import { measure, newSeed } from '../measure.ts';
import { openSubject } from '../open-subject.ts';
import { checkReportFiles, collect, type OutputOptions, outputOptions, writeReports } from '../output.ts';
import { type OverrideOptions, overrideOptions, overrideOptionsAgain } from '../override-options.ts';
import { repeatsFrom } from '../repeat-option.ts';
import { splitList } from '../split-list.ts';
import { paceUntil, percent, timeBudget } from '../until-option.ts';
import { wholeNumber } from '../whole-number.ts';

/** Enough to see whether a number is steady; an interval needs six. */
const usualRounds = 3;

interface RunOptions extends OutputOptions, DockerfileOptions, OverrideOptions {
  readonly rounds?: number;
  readonly until?: number;
  readonly timeBudget?: Milliseconds;
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
    .option('--rounds <number>', `rounds to run; without it ${usualRounds}`, wholeNumber)
    .option(
      '--until <share>',
      'rounds by need: up to 20, until every release clock would show a change of this size, as 3%',
      percent,
    )
    .option('--time-budget <duration>', 'rounds by need: no round that would end later than this, as 30m', timeBudget)
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
  overrideOptions(outputOptions(dockerfileOptions(refOption(command)))).action(
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
        refuseUselessUntil(options, scenario);
        return await measureAndReport({ words, options, scenario, chosen, repeats }, globalOptions(program), io);
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

/** @throws DeployclockError USAGE where rounds by need have nothing to go by */
function refuseUselessUntil({ rounds, until, timeBudget: budget }: RunOptions, { variants }: Scenario): void {
  if (rounds !== undefined && (until !== undefined || budget !== undefined)) {
    throw new DeployclockError('USAGE', '--rounds says how many rounds; --until and --time-budget say when to stop.', {
      hint: 'Leave --rounds out, or the others.',
    });
  }
  if (until === undefined || variants.length > 1) return;
  throw new DeployclockError('USAGE', '--until is about the difference between variants, and there is only one.', {
    hint: '--time-budget, or a second variant',
  });
}

interface Measured {
  readonly words: readonly string[];
  readonly options: RunOptions;
  readonly scenario: Scenario;
  readonly chosen: ChosenKinds;
  readonly repeats: ReturnType<typeof repeatsFrom>;
}

async function measureAndReport(
  { words, options, scenario, chosen, repeats }: Measured,
  global: GlobalOptions,
  io: Io,
): Promise<number> {
  const seed = options.seed ?? newSeed();
  const { server, registry, registryCa, results, until, timeBudget: budget } = options;
  const need: Until = { precision: until ?? null, timeBudgetMs: budget ?? null };
  const byNeed = until !== undefined || budget !== undefined;
  const rounds = byNeed ? mostRounds : (options.rounds ?? usualRounds);
  const variants = scenario.variants.map(({ name }) => name);
  const { run, folder } = await measure(
    {
      ...{ scenario, chosen, rounds, repeats, seed, results },
      stopping: byNeed ? { rule: 'until', ...need } : { rule: 'fixed' },
      pace: (tell) =>
        byNeed
          ? paceUntil(need, { variants, kinds: chosen.kinds }, () => monotonicClock.now(), tell)
          : everyTurn(rounds),
      existing: { server, registry, registryCa },
      command: commandAgain(words, options, seed),
      quiet: options.quiet === true,
    },
    global,
    io,
  );
  await keepHistory(run, null, results, io);
  await writeReports(run, options, io);
  if (options.json !== true) tellFolder(io, options, folder);
  tellFailures(io, options, run.samples);
  return exitCodeFor(run.samples);
}

function tellFolder(io: Io, options: OutputOptions, folder: string): void {
  if (options.quiet !== true)
    io.err(`\nThe run is in ${folder}\nThe same report again: deployclock report ${folder}\n`);
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

/** Without the values of build arguments and of the environment, which may be secrets. */
function commandAgain(words: readonly string[], options: RunOptions, seed: number): string {
  const { rounds, until, timeBudget: budget, kinds, repeat, variants, link, server, registry, registryCa } = options;
  const byNeed = until !== undefined || budget !== undefined;
  const one = (flag: string, value: string | undefined): string[] => (value === undefined ? [] : [`${flag} ${value}`]);
  return [
    'deployclock run',
    ...words,
    ...dockerfileOptionsAgain(options),
    ...overrideOptionsAgain(options),
    ...(byNeed ? [] : [`--rounds ${rounds ?? usualRounds}`]),
    ...(until === undefined ? [] : [`--until ${Number((until * 100).toPrecision(12))}%`]),
    ...(budget === undefined ? [] : [`--time-budget ${budget}ms`]),
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
