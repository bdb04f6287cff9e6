import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { GateRecord } from '../../../src/results/run-record.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { type GateReport, type GateResult, judgeGates } from '../../../src/verdict/gate.ts';
import { exampleRun } from '../results/example-run.ts';
import { recordOf } from './paired-run.ts';

/** A gate on this metric, without a limit where none is given. */
export function gate(metric: string, changes: Partial<GateRecord> = {}): GateRecord {
  return { metric, budget: null, maxIncrease: null, floorMs: 200, level: 'error', erratic: false, ...changes };
}

/** No code edit's build may become slower by 5 %. */
export function slower(changes: Partial<GateRecord> = {}): GateRecord {
  return gate('code-edit.build', { maxIncrease: 0.05, ...changes });
}

export function only(report: GateReport): GateResult {
  const [result] = report.results;
  if (result === undefined || report.results.length > 1) throw new Error(`${report.results.length} results`);
  return result;
}

/** The one result of these gates. */
export function judge(run: RunFolder, ...gates: GateRecord[]): GateResult {
  return only(judgeGates(run, gates, null));
}

/** A run of one variant, `before`, which has nothing to be compared with. */
export function alone(samples: readonly Sample[], rounds = 1): RunFolder {
  return exampleRun(samples, { record: recordOf(rounds, { rule: 'fixed' }, ['before']) });
}
