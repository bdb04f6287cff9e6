import { resolve } from 'node:path';
import { DeployclockError, exitCodes } from '../../errors.ts';
import type { ChangedDockerfile } from '../../report/annotations.ts';
import type { CiView } from '../../report/ci-view.ts';
import { renderGateFor } from '../../report/gate-formats.ts';
import { type GateView, gateAnswer } from '../../report/gate-view.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { RunFolder } from '../../results/run-folder.ts';
import { changedLines } from '../../scenario/changed-lines.ts';
import type { Gate } from '../../scenario/scenario.ts';
import type { TwoRevisions } from '../../scenario/two-revisions.ts';
import { compareRun } from '../../verdict/comparison.ts';
import { type GateReport, judgeGates } from '../../verdict/gate.ts';
import { chooseKinds } from '../choose-kinds.ts';
import { budgetsOf, ciGates, failsByItself, kindsFor, wasDeployed } from '../ci-gates.ts';
import { type CiOutputOptions, writeCi } from '../ci-outputs.ts';
import { scheduleFor } from '../ci-schedule.ts';
import { type AddCommand, type GlobalOptions, globalOptions } from '../command.ts';
import { type DockerfileOptions, dockerfileOptions, dockerfileOptionsAgain } from '../dockerfile-options.ts';
import { exitCodeFor, exitCodeForGate } from '../exit-code.ts';
import { type GateOptions, gateOptions, gateOptionsAgain } from '../gate-options.ts';
import type { Io } from '../io.ts';
import { keepHistory } from '../keep-history.ts';
import { linksWith } from '../links-option.ts';
import { measure, newSeed } from '../measure.ts';
import { openRevisions, type RevisionOptions, revisionOptions, revisionOptionsAgain } from '../open-revisions.ts';
import { collect } from '../output.ts';
import { requirePlaceFor } from '../output-file.ts';
import { type OverrideOptions, overrideOptions, overrideOptionsAgain } from '../override-options.ts';
import { requireResultsFolder } from '../proof-run.ts';
import { wholeNumber } from '../whole-number.ts';

interface CiOptions extends RevisionOptions, GateOptions, DockerfileOptions, OverrideOptions, CiOutputOptions {
  readonly link?: string[];
  readonly seed?: number;
  readonly results: string;
}

export const ciCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('ci')
    .description('measure two revisions of this repository in turns: exit code 1 where deploys became slower')
    .argument('[what]', 'a Dockerfile, or a scenario; without it the scenario.yaml or the Dockerfile here');
  gateOptions(revisionOptions(command))
    .option('--link <profile>', 'as for run: 100mbps, 20mbps/30ms, uplink=50mbps (repeatable)', collect)
    .option('--seed <number>', "seed of the variants' random order", wholeNumber)
    .option('--results <folder>', 'where run folders go', 'results')
    .option('--json', 'print one JSON document and nothing else on stdout')
    .option('--quiet', 'print no progress, and of the result the verdict alone')
    .option(
      '-o, --output <file>',
      'write the gates to a file too, by extension: .txt .md .json .xml (JUnit) (repeatable)',
      collect,
    )
    .option('--comment <file>', 'write the body of a comment for a pull request to a file')
    .option('--summary <file>', 'write a summary in markdown to a file; $GITHUB_STEP_SUMMARY gets it anyway');
  overrideOptions(dockerfileOptions(command)).action(
    finish(async (word: string | undefined, options: CiOptions) => {
      checkPlaces(options, io.cwd);
      requireResultsFolder(options.results, io);
      const words = word === undefined ? [] : [word];
      const revisions = await openRevisions(words, options, io);
      try {
        refuseSameCommit(revisions);
        return await compareRevisions(revisions, words, options, globalOptions(program), io);
      } finally {
        await revisions.close();
      }
    }),
  );
};

/** @throws DeployclockError USAGE: a gate that compares a commit with itself could not fail */
function refuseSameCommit({ base, head }: TwoRevisions): void {
  if (base.commit !== head.commit) return;
  throw new DeployclockError('USAGE', `${base.ref} and ${head.ref} are the same commit: there is nothing to compare.`, {
    hint: '--base HEAD~1 is the commit before; deployclock calibrate compares a version with itself',
  });
}

async function compareRevisions(
  revisions: TwoRevisions,
  words: readonly string[],
  options: CiOptions,
  global: GlobalOptions,
  io: Io,
): Promise<number> {
  const { baseMissing, head } = revisions;
  const all = ciGates(revisions.scenario, options);
  const gates = baseMissing === null ? all : budgetsOf(all);
  const scenario = {
    ...revisions.scenario,
    links: linksWith(revisions.scenario.links, options.link ?? []),
    gates,
  };
  const changed = await changedIn(revisions, io.cwd);
  if (options.quiet !== true) {
    if (baseMissing !== null) io.err(`not compared: ${safeLine(baseMissing)}\n`);
    for (const warning of revisions.warnings) io.err(`warning: ${safeLine(warning)}\n`);
  }
  const seed = options.seed ?? newSeed();
  const { run, folder } = await measure(
    {
      ...scheduleFor(scenario, gates),
      ...{ scenario, seed, results: options.results, quiet: options.quiet === true },
      chosen: chooseKinds(scenario, kindsFor(gates).join(','), false),
      git: { commit: head.commit, changed: false },
      command: commandAgain(words, options, seed),
    },
    global,
    io,
  );
  const judged = judge(run, gates);
  const view: CiView = {
    ...{ run, head, base: revisions.base },
    comparison: compareRun(run),
    gates: judged.report === null ? null : gateView(run, judged.report, gates, options, revisions.warnings),
    baseMissing: baseMissing ?? judged.baseMissing,
    warnings: [...revisions.warnings, ...run.warnings],
  };
  await keepHistory(run, judged.report, options.results, io);
  await writeCi(view, changed, options, io);
  if (options.quiet !== true && options.json !== true)
    io.err(`\nThe run is in ${folder}\nAll of it: deployclock report ${folder}\n`);
  return exitCodeOf(view, options);
}

/** Where base cannot be deployed, head is judged by its budgets alone. Null where there is nothing to judge, or to judge by. */
function judge(
  run: RunFolder,
  gates: readonly Gate[],
): { readonly report: GateReport | null; readonly baseMissing: string | null } {
  const compared = run.record.scenario.variants.length > 1;
  if (!wasDeployed(run, 'head')) return { report: null, baseMissing: null };
  const alone = compared && failsByItself(run, 'base');
  const left = (alone ? budgetsOf(gates) : gates).filter(({ level }) => level !== 'off');
  const report = left.length === 0 ? null : judgeGates(run, left, null);
  if (!alone) return { report, baseMissing: null };
  const failure = run.samples.find(({ variant, outcome }) => variant === 'base' && outcome !== 'ok');
  const why = `base could not be deployed (${failure?.outcome ?? 'no deploy was made'}): ${failure?.failure?.message ?? ''}`;
  return { report, baseMissing: `${why.trim()} Head is judged by its budgets alone.` };
}

function gateView(
  run: RunFolder,
  report: GateReport,
  gates: readonly Gate[],
  { inconclusive }: CiOptions,
  warnings: readonly string[],
): GateView {
  const off = gates.filter(({ level }) => level === 'off').map(({ metric }) => metric);
  return { run, report, off, inconclusive, warnings: [...warnings, ...run.warnings] };
}

/** @throws DeployclockError USAGE: a file that cannot be written is known before minutes go by */
function checkPlaces({ output = [], comment, summary }: CiOutputOptions, cwd: string): void {
  for (const file of output) renderGateFor(file);
  for (const file of [...output, comment, summary]) if (file !== undefined) requirePlaceFor(file, cwd);
}

/** What head failed at comes first of all; base's failures are told, and are not head's. */
function exitCodeOf({ run, gates, baseMissing }: CiView, { inconclusive }: CiOptions): number {
  const own = exitCodeFor(run.samples.filter(({ variant }) => variant === 'head'));
  const gate = gates === null ? exitCodes.done : exitCodeForGate(gates.report.outcome, inconclusive);
  if (gate === exitCodes.gateFailed) return gate;
  if (own !== exitCodes.done) return own;
  // What kept base from being measured is not base's fault, and a comparison was asked for.
  const other = exitCodeFor(run.samples.filter(({ variant }) => variant === 'base'));
  if (baseMissing === null && other === exitCodes.environment) return other;
  if (gates?.report.outcome === 'not-judged') {
    throw new DeployclockError('GATE_NOT_JUDGED', `${gateAnswer(gates).count}, which is no pass.`, {
      hint: 'The line of each gate says what is missing. A gate may be left out with --off, or fail nothing with --warn.',
    });
  }
  // Neither a comparison nor a budget: nothing was asked of head but that it can be deployed.
  if (gates === null && baseMissing === null && run.record.scenario.gates.some(({ level }) => level !== 'off'))
    return exitCodes.measurement;
  return gate;
}

/** Without a comparison no line is to blame. */
async function changedIn(
  { base, head, dockerfile, baseMissing }: TwoRevisions,
  cwd: string,
): Promise<ChangedDockerfile> {
  const lines = baseMissing === null ? await changedLines(resolve(cwd), base.commit, head.commit, dockerfile) : [];
  return { file: dockerfile, lines };
}

function commandAgain(words: readonly string[], options: CiOptions, seed: number): string {
  return [
    'deployclock ci',
    ...words,
    ...revisionOptionsAgain(options),
    ...gateOptionsAgain(options),
    ...dockerfileOptionsAgain(options),
    ...overrideOptionsAgain(options),
    ...(options.link ?? []).map((each) => `--link ${each}`),
    `--seed ${seed}`,
  ].join(' ');
}
