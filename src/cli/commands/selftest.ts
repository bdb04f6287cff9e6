import type { Command } from 'commander';
import { DeployclockError, exitCodes } from '../../errors.ts';
import { renderSelftestJson } from '../../report/selftest-json.ts';
import { outcomeLine, renderSelftestTerminal } from '../../report/selftest-terminal.ts';
import type { RunFolder } from '../../results/run-folder.ts';
import { everyTurn } from '../../run/pace.ts';
import type { LinkProfile } from '../../scenario/scenario.ts';
import {
  identicalName,
  mostRate,
  openSelftest,
  type RatedLinks,
  ratedLinks,
} from '../../scenario/selftest/open-selftest.ts';
import { type PlantName, plantNames, plants } from '../../scenario/selftest/plants.ts';
import { milliseconds } from '../../units.ts';
import { judgePlants, type PlantReport } from '../../verdict/plants.ts';
import { type AddCommand, type GlobalOptions, globalOptions } from '../command.ts';
import { exitCodeFor } from '../exit-code.ts';
import { type Io, wantsColor } from '../io.ts';
import { linksWith } from '../links-option.ts';
import { measure, newSeed } from '../measure.ts';
import { collect } from '../output.ts';
import { pairCount } from '../pairs-option.ts';
import { requireResultsFolder, tellFailedDeploys } from '../proof-run.ts';
import { splitList } from '../split-list.ts';
import { wholeNumber } from '../whole-number.ts';

interface SelftestOptions {
  readonly pairs: number;
  readonly plants?: string;
  readonly link?: string[];
  readonly results: string;
  readonly seed?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const usualLink = '100mbps';
const kind = 'code-edit';
const unshaped: LinkProfile = { label: 'unshaped', rate: null, roundTrip: milliseconds(0) };

export const selftestCommand: AddCommand = (program, io, finish) => {
  selftestOptions(
    program
      .command('selftest')
      .description('plant slow-downs of known size and find them, and nothing where nothing was planted')
      .addHelpText('after', exitCodeHelp),
  ).action(
    finish(async (options: SelftestOptions) => {
      requireResultsFolder(options.results, io);
      const wanted = options.plants === undefined ? plantNames : splitList(options.plants, plantNames, 'plant');
      const links = linksOf(options.link ?? [usualLink]);
      return await selftest(wanted, links, options, globalOptions(program), io);
    }),
  );
};

const exitCodeHelp = `
Exit codes:
  0  every plant was found, and nothing else
  1  one was not, or something was found where nothing is
Two deploys of each variant take about 20 seconds: ten pairs of all plants are some twelve minutes.
`;

function selftestOptions(command: Command): Command {
  return command
    .option('--pairs <number>', 'deploys of each variant that are compared', pairCount, 10)
    .option('--plants <list>', `slow-downs to plant, separated by commas: ${plantNames.join(', ')}`)
    .option('--link <profile>', `link of builder and server; without it ${usualLink} (repeatable)`, collect)
    .option('--results <folder>', 'where run folders go', 'results')
    .option('--seed <number>', "seed of the variants' random order and of the app's ballast", wholeNumber)
    .option('--json', 'print one JSON document and nothing else on stdout')
    .option('--quiet', 'print no progress, and of the result the last line alone');
}

/** @throws DeployclockError USAGE where layers would take no known time, or be too big for it */
function linksOf(options: readonly string[]): RatedLinks {
  const links = ratedLinks(linksWith({ uplink: unshaped, downlink: unshaped, mirror: unshaped }, options));
  if (links === null || Math.max(links.uplink.rate, links.downlink.rate) > mostRate) {
    throw new DeployclockError(
      'USAGE',
      `The self-test needs links of at most ${mostRate / 1e6} Mbit/s both ways: a layer has to take a known time on them.`,
      { hint: `deployclock selftest --link ${usualLink}` },
    );
  }
  return links;
}

async function selftest(
  wanted: readonly PlantName[],
  links: RatedLinks,
  options: SelftestOptions,
  global: GlobalOptions,
  io: Io,
): Promise<number> {
  const seed = options.seed ?? newSeed();
  const app = await openSelftest(wanted, links, seed);
  try {
    const { run, folder } = await measure(
      {
        scenario: app.scenario,
        chosen: { kinds: ['first', kind], skipped: [] },
        rounds: 1,
        repeats: { [kind]: options.pairs },
        stopping: { rule: 'fixed' },
        pace: () => everyTurn(1),
        seed,
        results: options.results,
        command: commandAgain(options, seed),
        quiet: options.quiet === true,
      },
      global,
      io,
    );
    const report = judgePlants(run, kind, [
      { variant: identicalName, planted: [], follows: [] },
      ...wanted.map((name) => ({ variant: name, ...plants[name] })),
    ]);
    print(run, report, wanted, options, io);
    if (options.quiet !== true && options.json !== true) io.err(`\nThe run is in ${folder}\n`);
    tellFailedDeploys(run.samples, io);
    const failed = exitCodeFor(run.samples);
    if (failed !== exitCodes.done) return failed;
    return report.passed ? exitCodes.done : exitCodes.gateFailed;
  } finally {
    await app.close();
  }
}

function print(
  run: RunFolder,
  report: PlantReport,
  wanted: readonly PlantName[],
  { json, quiet }: SelftestOptions,
  io: Io,
): void {
  const style = { color: wantsColor(io, io.outIsTerminal), width: io.columns };
  const whats = wanted.map((name) => `${name}: ${plants[name].what}.`);
  if (json === true) io.out(renderSelftestJson(run, report));
  else if (quiet === true) io.out(`${outcomeLine(report, style)}\n`);
  else io.out(renderSelftestTerminal(run, report, whats, style));
}

function commandAgain({ pairs, plants: list, link }: SelftestOptions, seed: number): string {
  return [
    `deployclock selftest --pairs ${pairs}`,
    ...(list === undefined ? [] : [`--plants ${list}`]),
    ...(link ?? []).map((each) => `--link ${each}`),
    `--seed ${seed}`,
  ].join(' ');
}
