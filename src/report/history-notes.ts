import type { HistoryEntry } from '../results/history-entry.ts';
import { differingParts } from '../verdict/history-fingerprint.ts';
import { falseChanges } from '../verdict/level-changes.ts';
import { defaultMargin } from '../verdict/margin.ts';
import { leastRuns, mostOfOneMachine } from '../verdict/steps.ts';
import type { ScenarioHistory, TimeTrend, Trend } from '../verdict/trends.ts';
import { formatBytes, formatDuration, formatShare } from './format.ts';
import { type HistoryView, steppedElsewhere } from './history-view.ts';
import type { Marks } from './marks.ts';

/** How many machines are described; a build farm may have another one at each run. */
const mostMachines = 4;

/** What a reader must know to judge the trends of one scenario that are shown. One note a paragraph. */
export function historyNotes(
  history: ScenarioHistory,
  shown: readonly Trend[],
  view: HistoryView,
  marks: Marks,
): string[] {
  const times = shown.filter((trend) => trend.sort === 'time');
  return [
    ...(times.length === 0 ? [] : [timeStepsNote(times, history.runs), ...machinesNotes(history.runs, marks)]),
    ...(view === 'usual' ? elsewhereNote(history, shown) : []),
  ];
}

function timeStepsNote(times: readonly TimeTrend[], runs: readonly HistoryEntry[]): string {
  const values = times.map(({ points }) =>
    mostOfOneMachine(
      points.map((point, at) => ({ value: point?.median ?? null, fingerprint: runs[at]?.fingerprint.hash ?? '' })),
    ),
  );
  const tested = values.filter((count) => count >= leastRuns).length;
  if (tested === 0) {
    return `Steps in times need ${leastRuns} runs of one machine; the most here is ${Math.max(...values)}.`;
  }
  const { share, floorMs } = defaultMargin;
  return (
    `Steps in times: Pettitt's test among the runs of one machine, and a change of more than ${formatShare(share)} and ${formatDuration(floorMs)}. ` +
    `Where runs do not depend on each other, a line shows one by chance in at most ${formatShare(falseChanges)} of histories; ${tested} ${tested === 1 ? 'line was' : 'lines were'} tested.`
  );
}

function machinesNotes(runs: readonly HistoryEntry[], { otherMachine }: Marks): string[] {
  const last = runs.at(-1);
  const others = [...new Map(runs.map((run) => [run.fingerprint.hash, run])).values()].filter(
    (run) => run.fingerprint.hash !== last?.fingerprint.hash,
  );
  if (last === undefined || others.length === 0) return [];
  const latest = others.slice(-mostMachines).toReversed();
  const more = others.length - latest.length;
  return [
    `${otherMachine} other machine: the times before and after it are not compared, and each machine has a scale of its own. ` +
      `The last run's is ${last.fingerprint.hash}: ${machineText(last)}, ${countOf(runs, last)}.`,
    ...latest.map((run) => {
      const parts = differingParts(last.fingerprint, run.fingerprint);
      return `Machine ${run.fingerprint.hash}, ${countOf(runs, run)}, differs from it in ${few(parts, mostNames)}.`;
    }),
    ...(more === 0 ? [] : [`And ${more} other ${more === 1 ? 'machine' : 'machines'} before.`]),
  ];
}

function machineText({ fingerprint }: HistoryEntry): string {
  const { cpus, cpuModel, memoryBytes, kernel, nodeEngine } = fingerprint;
  return `${cpus} × ${cpuModel}, ${formatBytes(memoryBytes)}, kernel ${kernel}, engine ${nodeEngine.version}`;
}

function countOf(runs: readonly HistoryEntry[], { fingerprint }: HistoryEntry): string {
  const count = runs.filter((run) => run.fingerprint.hash === fingerprint.hash).length;
  return `${count} ${count === 1 ? 'run' : 'runs'}`;
}

const mostNames = 6;

function elsewhereNote(history: ScenarioHistory, shown: readonly Trend[]): string[] {
  const names = steppedElsewhere(history, shown);
  if (names.length === 0) return [];
  return [`Steps also in ${few(names, mostNames)}: --metric ${names[0]} shows them.`];
}

function few(words: readonly string[], most: number): string {
  const more = words.length > most ? ` and ${words.length - most} more` : '';
  return `${words.slice(0, most).join(', ')}${more}`;
}
