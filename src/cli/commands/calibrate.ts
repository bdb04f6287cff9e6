import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DeployclockError, exitCodes } from '../../errors.ts';
import { renderCalibrationFor } from '../../report/calibration-formats.ts';
import { renderCalibrationJson } from '../../report/calibration-json.ts';
import { renderCalibrationTerminal } from '../../report/calibration-terminal.ts';
import type { RunFolder } from '../../results/run-folder.ts';
import { everyTurn } from '../../run/pace.ts';
import { againstItself } from '../../scenario/against-itself.ts';
import { deployKinds, type Scenario } from '../../scenario/scenario.ts';
import { type Calibration, calibrationOf } from '../../verdict/calibration.ts';
import { type ChosenKinds, chooseKinds } from '../choose-kinds.ts';
import { type AddCommand, type GlobalOptions, globalOptions } from '../command.ts';
import { type DockerfileOptions, dockerfileOptions, dockerfileOptionsAgain, refOption } from '../dockerfile-options.ts';
import { exitCodeFor } from '../exit-code.ts';
import { type Io, wantsColor } from '../io.ts';
import { linksWith } from '../links-option.ts';
import { measure, newSeed } from '../measure.ts';
import { openSubject } from '../open-subject.ts';
import { collect } from '../output.ts';
import { requirePlaceFor } from '../output-file.ts';
import { type OverrideOptions, overrideOptions, overrideOptionsAgain } from '../override-options.ts';
import { pairCount } from '../pairs-option.ts';
import { requireResultsFolder, tellFailedDeploys } from '../proof-run.ts';
import { wordOf } from '../split-list.ts';
import { wholeNumber } from '../whole-number.ts';

interface CalibrateOptions extends DockerfileOptions, OverrideOptions {
  readonly pairs?: number;
  readonly rounds?: number;
  readonly kinds?: string;
  readonly variants?: string;
  readonly link?: string[];
  readonly seed?: number;
  readonly results: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly output?: string[];
}

const usualPairs = 20;
const usualKinds = 'first,code-edit';

export const calibrateCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('calibrate')
    .description("compare a variant with itself: this machine's noise, and the gates that it can hold")
    .argument(
      '[what...]',
      'what run takes: a scenario, or a Dockerfile; without any: the scenario.yaml or the Dockerfile here',
    )
    .addHelpText('after', exitCodeHelp);
  overrideOptions(calibrateOptions(dockerfileOptions(refOption(command)))).action(
    finish(async (words: string[], options: CalibrateOptions) => {
      for (const file of options.output ?? []) {
        renderCalibrationFor(file);
        requirePlaceFor(file, io.cwd);
      }
      requireResultsFolder(options.results, io);
      if (options.pairs !== undefined && options.rounds !== undefined)
        throw new DeployclockError('USAGE', '--pairs are deploys inside one round, --rounds are whole rounds.', {
          hint: 'Leave one of the two out.',
        });
      const subject = await openSubject(words, options, io);
      try {
        const links = linksWith(subject.scenario.links, options.link ?? []);
        const scenario = againstItself({ ...subject.scenario, links }, variantIn(subject.scenario, options.variants));
        return await calibrate(words, scenario, options, globalOptions(program), io);
      } finally {
        await subject.close();
      }
    }),
  );
};

const exitCodeHelp = `
Exit codes:
  0  nothing told the two halves apart
  1  something did: a verdict or a gate raised a false alarm, so something is wrong with the bench
`;

function calibrateOptions(command: Command): Command {
  return command
    .option('--pairs <number>', `pairs of each kind but first, inside one round; without it ${usualPairs}`, pairCount)
    .option('--rounds <number>', 'whole rounds instead, each with fresh nodes: a pair of each kind a round', pairCount)
    .option('--kinds <list>', `deploy kinds, separated by commas: ${deployKinds.join(', ')}; without it ${usualKinds}`)
    .option('--variants <name>', 'the variant to compare with itself; without it the first')
    .option(
      '--link <profile>',
      '100mbps, 20mbps/30ms, lan, unshaped; for one path: uplink=50mbps (repeatable)',
      collect,
    )
    .option('--seed <number>', "seed of the halves' random order and of their exchanges", wholeNumber)
    .option('--results <folder>', 'where run folders go', 'results')
    .option('--json', 'print one JSON document and nothing else on stdout')
    .option('--quiet', 'print no progress')
    .option(
      '-o, --output <file>',
      'write the report to a file too, by extension: .txt .md .json (repeatable)',
      collect,
    );
}

/** @throws DeployclockError USAGE with the nearest name */
function variantIn({ variants }: Scenario, name: string | undefined): Scenario['variants'][0] {
  if (name === undefined) return variants[0];
  const word = wordOf(
    name,
    variants.map((variant) => variant.name),
    'variant',
  );
  return variants.find((variant) => variant.name === word) ?? variants[0];
}

async function calibrate(
  words: readonly string[],
  scenario: Scenario,
  options: CalibrateOptions,
  global: GlobalOptions,
  io: Io,
): Promise<number> {
  const chosen = chooseKinds(scenario, options.kinds ?? usualKinds, false);
  const seed = options.seed ?? newSeed();
  const rounds = options.rounds ?? 1;
  const { run, folder } = await measure(
    {
      ...{ scenario, chosen, rounds, seed },
      repeats: repeatsFor(chosen, options),
      stopping: { rule: 'fixed' },
      pace: () => everyTurn(rounds),
      results: options.results,
      command: commandAgain(words, options, seed),
      quiet: options.quiet === true,
    },
    global,
    io,
  );
  const calibration = calibrationOf(run);
  await report(run, calibration, options, io);
  if (options.quiet !== true && options.json !== true) io.err(`\nThe run is in ${folder}\n`);
  tellFailedDeploys(run.samples, io);
  const failed = exitCodeFor(run.samples);
  if (failed !== exitCodes.done) return failed;
  if (calibration.floors.length === 0) return exitCodes.measurement;
  return calibration.alarms.length === 0 ? exitCodes.done : exitCodes.gateFailed;
}

/** A lap has one first deploy: of that kind there are pairs with whole rounds only. */
function repeatsFor({ kinds }: ChosenKinds, { pairs, rounds }: CalibrateOptions): Partial<Record<string, number>> {
  if (rounds !== undefined) return {};
  return Object.fromEntries(kinds.filter((kind) => kind !== 'first').map((kind) => [kind, pairs ?? usualPairs]));
}

async function report(run: RunFolder, calibration: Calibration, options: CalibrateOptions, io: Io): Promise<void> {
  const style = { color: wantsColor(io, io.outIsTerminal), width: io.columns };
  if (options.json === true) io.out(renderCalibrationJson(run, calibration));
  else io.out(renderCalibrationTerminal(run, calibration, style));
  for (const file of options.output ?? [])
    await writeFile(resolve(io.cwd, file), renderCalibrationFor(file)(run, calibration));
}

/** Without the values of build arguments and of the environment, which may be secrets. */
function commandAgain(words: readonly string[], options: CalibrateOptions, seed: number): string {
  const { pairs, rounds, kinds, variants, link } = options;
  const one = (flag: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`${flag} ${value}`];
  return [
    'deployclock calibrate',
    ...words,
    ...dockerfileOptionsAgain(options),
    ...overrideOptionsAgain(options),
    ...(rounds === undefined ? [`--pairs ${pairs ?? usualPairs}`] : [`--rounds ${rounds}`]),
    ...one('--kinds', kinds),
    ...one('--variants', variants),
    ...(link ?? []).map((each) => `--link ${each}`),
    `--seed ${seed}`,
  ].join(' ');
}
