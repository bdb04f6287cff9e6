import { resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { safeLine } from '../report/safe-text.ts';
import { appendHistory } from '../results/history.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { compareRun } from '../verdict/comparison.ts';
import type { GateReport } from '../verdict/gate.ts';
import { historyEntry } from '../verdict/history-entry.ts';
import type { Io } from './io.ts';

/** Adds a finished run to the history under `results`. What was measured is in the run's folder: a line that cannot be written is only told. */
export async function keepHistory(run: RunFolder, gate: GateReport | null, results: string, io: Io): Promise<void> {
  try {
    await appendHistory(resolve(io.cwd, results), historyEntry(run, compareRun(run), gate));
  } catch (thrown) {
    io.err(`The run is not in the history: ${safeLine(messageOf(thrown))}\n`);
  }
}
