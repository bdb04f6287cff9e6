import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DeployclockError, exitCodes } from '../../errors.ts';
import { renderGateFor } from '../../report/gate-formats.ts';
import { renderGateJson } from '../../report/gate-json.ts';
import { renderGateAnswer, renderGateTerminal } from '../../report/gate-terminal.ts';
import { type GateView, gateAnswer } from '../../report/gate-view.ts';
import { safeLine } from '../../report/safe-text.ts';
import { type RunFolder, readRun } from '../../results/run-folder.ts';
import { loadScenario } from '../../scenario/load-scenario.ts';
import type { Gate } from '../../scenario/scenario.ts';
import { milliseconds } from '../../units.ts';
import { defaultGatesFor } from '../../verdict/default-gates.ts';
import { judgeGates } from '../../verdict/gate.ts';
import type { AddCommand } from '../command.ts';
import { exitCodeForGate } from '../exit-code.ts';
import { type GateOptions, gateOptions, gatesWith } from '../gate-options.ts';
import { type Io, wantsColor } from '../io.ts';
import { collect } from '../output.ts';
import { requirePlaceFor } from '../output-file.ts';
import { bundledScenarios } from '../tool.ts';

interface GateCommandOptions extends GateOptions {
  readonly against?: string;
  readonly scenario?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly output?: string[];
}

export const gateCommand: AddCommand = (program, io, finish) => {
  const command = program
    .command('gate')
    .description('judge a run by its gates, computed from its folder alone: exit code 1 where one fails')
    .argument('<run>', "a run's folder: results/<scenario>/<run id>")
    .option('--against <run>', "another run's folder, whose facts are the baseline; times of two runs are not judged")
    .option('--scenario <path>', 'take the gates of this scenario as it is now, not those that the run began with');
  gateOptions(command)
    .option('--json', 'print one JSON document and nothing else on stdout')
    .option('--quiet', 'print the verdict alone')
    .option(
      '-o, --output <file>',
      'write the gates to a file too, by extension: .txt .md .json .xml (JUnit) (repeatable)',
      collect,
    )
    .action(
      finish(async (folder: string, options: GateCommandOptions) => {
        for (const file of options.output ?? []) {
          renderGateFor(file);
          requirePlaceFor(file, io.cwd);
        }
        const view = judge(readRun(resolve(io.cwd, folder)), options, io);
        await writeGates(view, options, io);
        if (view.report.outcome === 'not-judged') throw notJudged(view);
        return exitCodeForGate(view.report.outcome, options.inconclusive);
      }),
    );
};

function judge(run: RunFolder, options: GateCommandOptions, io: Io): GateView {
  const against = options.against === undefined ? null : readRun(resolve(io.cwd, options.against));
  const { gates: written, warnings } = writtenGates(run, options.scenario, io);
  const gates = gatesWith(written, options, run.record.plan.kinds, defaultGatesFor(run.record.scenario.ready.check));
  return {
    run,
    report: judgeGates(run, gates, against),
    off: gates.filter(({ level }) => level === 'off').map(({ metric }) => metric),
    inconclusive: options.inconclusive,
    warnings: [...run.warnings, ...(against?.warnings ?? []), ...warnings],
  };
}

function writtenGates(
  { record }: RunFolder,
  path: string | undefined,
  io: Io,
): { readonly gates: readonly Gate[]; readonly warnings: readonly string[] } {
  if (path === undefined) {
    const gates = record.scenario.gates.map((gate) => ({ ...gate, floorMs: milliseconds(gate.floorMs) }));
    return { gates, warnings: [] };
  }
  const { name, gates } = loadScenario(path, io.cwd, bundledScenarios);
  const same = name === record.scenario.name;
  return {
    gates,
    warnings: same ? [] : [`the gates are those of scenario ${name}, and the run is of ${record.scenario.name}.`],
  };
}

/** Where the report is cut short or is for a program, what it would warn of is told apart from it. */
async function writeGates(view: GateView, options: GateCommandOptions, io: Io): Promise<void> {
  const style = { color: wantsColor(io, io.outIsTerminal), width: io.columns };
  if (options.json === true) io.out(renderGateJson(view.report));
  else if (options.quiet === true) io.out(renderGateAnswer(view, style));
  else io.out(renderGateTerminal(view, style));
  for (const file of options.output ?? []) await writeFile(resolve(io.cwd, file), renderGateFor(file)(view));
  if (options.json === true || options.quiet === true)
    for (const warning of view.warnings) io.err(`Warning: ${safeLine(warning)}\n`);
  if (view.report.outcome === 'inconclusive' && options.inconclusive === 'warn')
    io.err(
      `Warning: ${gateAnswer(view).count}. With --inconclusive fail this is exit code ${exitCodes.inconclusive}.\n`,
    );
}

function notJudged(view: GateView): DeployclockError {
  return new DeployclockError('GATE_NOT_JUDGED', `${gateAnswer(view).count}, which is no pass.`, {
    hint: 'The line of each gate says what is missing. A gate may be left out with --off, or fail nothing with --warn.',
  });
}
