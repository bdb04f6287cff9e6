import type { HistoryEntry, HistoryEstimate, HistoryRange } from '../results/history-entry.ts';
import { isBytes } from '../results/metric-name.ts';
import {
  type FactTrend,
  nameOfTrend,
  type ScenarioHistory,
  type TimeInRun,
  type TimeTrend,
  type Trend,
} from '../verdict/trends.ts';
import { formatBytes, formatBytesRange, formatCount, formatDuration, formatRatio } from './format.ts';
import { type HistoryView, isListed, listedSteps } from './history-view.ts';
import type { Marks } from './marks.ts';
import { sparkline } from './sparkline.ts';

/** One metric of one variant before it is drawn: terminal and markdown draw the same. */
export interface HistoryRow {
  readonly variant: string;
  readonly metric: string;
  readonly spark: string;
  /** The first and the last number that may be compared. */
  readonly figures: string;
  /** Of a time what the last run said of it and the baseline's; of a fact that it varies. Empty where there is nothing to say. */
  readonly beside: string;
  /** The latest steps, one a line, and how many there are besides. */
  readonly steps: readonly string[];
}

/** A terminal's line has room for so many heights; the earliest are left out. */
const mostHeights = 40;

/** `node-api · 12 runs, 2026-11-01 to 2026-11-23`. */
export function historyTitle({ scenario, runs }: ScenarioHistory): string {
  const [first = '', last = ''] = [runs[0]?.startedAt.slice(0, 10), runs.at(-1)?.startedAt.slice(0, 10)];
  const when = first === last ? first : `${first} to ${last}`;
  return `${scenario} · ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${when}`;
}

export function historyRow(trend: Trend, history: ScenarioHistory, view: HistoryView, marks: Marks): HistoryRow {
  return {
    variant: trend.variant,
    metric: nameOfTrend(trend),
    spark: sparkOf(trend, history.runs, marks),
    figures: trend.sort === 'time' ? timeFigures(trend, history.runs) : factFigures(trend),
    beside: trend.sort === 'time' ? againstBaseline(trend, history.baseline) : repeatability(trend),
    steps: trend.sort === 'time' ? timeStepTexts(trend, history, view) : factStepTexts(trend, history, view),
  };
}

function sparkOf(trend: Trend, runs: readonly HistoryEntry[], marks: Marks): string {
  const points =
    trend.sort === 'time'
      ? trend.points.map((point, at) => ({ value: point?.median ?? null, group: machineOf(runs, at) }))
      : trend.points.map((point) => ({ value: point?.max ?? null, group: '' }));
  return `${points.length > mostHeights ? '…' : ''}${sparkline(points.slice(-mostHeights), marks)}`;
}

function machineOf(runs: readonly HistoryEntry[], at: number): string {
  return runs[at]?.fingerprint.hash ?? '';
}

/** Times of the machine of the last one alone: those of another say nothing about them. */
function timeFigures({ points }: TimeTrend, runs: readonly HistoryEntry[]): string {
  const machine = machineOf(
    runs,
    points.findLastIndex((point) => point !== null),
  );
  const own = points.filter((point, at) => point !== null && machineOf(runs, at) === machine);
  return firstToLast(
    own.flatMap((point) => point ?? []),
    ({ median }: TimeInRun) => formatDuration(median),
  );
}

function factFigures(trend: FactTrend): string {
  return firstToLast(
    trend.points.flatMap((point) => point ?? []),
    (range) => rangeText(trend, range),
  );
}

function firstToLast<Value>(values: readonly Value[], text: (value: Value) => string): string {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return '';
  return values.length === 1 ? text(first) : `${text(first)} → ${text(last)}`;
}

function againstBaseline({ points }: TimeTrend, baseline: string): string {
  const change = points.findLast((point) => point !== null)?.change ?? null;
  return change === null ? '' : `${estimateText(change)} of ${baseline}: ${change.verdict}`;
}

function repeatability({ points }: FactTrend): string {
  const known = points.filter((point) => point !== null);
  const varying = known.filter(({ min, max }) => min !== max).length;
  return varying === 0 ? '' : `not reproducible: differs within ${varying} of ${known.length} runs`;
}

function estimateText({ ratio, interval }: HistoryEstimate): string {
  if (interval === null) return formatRatio(ratio);
  return `${formatRatio(ratio)} [${formatRatio(interval.low)}, ${formatRatio(interval.high)}]`;
}

function timeStepTexts({ steps }: TimeTrend, { runs }: ScenarioHistory, view: HistoryView): string[] {
  const texts = steps.map(
    ({ at, from, to, p }) =>
      `${whereOf(runs[at])}: ${formatDuration(from)} → ${formatDuration(to)}, ${formatRatio(to / from)} (p ${pText(p)})`,
  );
  return latest(texts, listedSteps[view]);
}

function factStepTexts(trend: FactTrend, { runs }: ScenarioHistory, view: HistoryView): string[] {
  const text = ({ at, from, to }: FactTrend['steps'][number]): string => {
    const before = trend.points.findLastIndex((point, index) => point !== null && index < at);
    const machine = machineOf(runs, before) === machineOf(runs, at) ? '' : ' (on another machine or engine)';
    return `${whereOf(runs[at])}: ${fromTo(trend, from, to)}${machine}`;
  };
  const small = trend.steps.filter((step) => !isListed(step));
  const last = small.at(-1);
  const listed = latest(trend.steps.filter(isListed).map(text), listedSteps[view]);
  if (last === undefined || view === 'headline') return listed;
  const changes = small.length === 1 ? '1 change' : `${small.length} changes`;
  return [...listed, `${changes} below 0.1 %, the last ${text(last)}`];
}

function latest(texts: readonly string[], most: number): string[] {
  const earlier = texts.length - most;
  if (earlier <= 0) return [...texts];
  return [`${earlier} earlier ${earlier === 1 ? 'step' : 'steps'}`, ...texts.slice(-most)];
}

/** The run in which something is new, as a person finds it again. */
function whereOf(run: HistoryEntry | undefined): string {
  if (run === undefined) return '';
  const commit =
    run.git === null ? 'no commit' : `commit ${run.git.commit.slice(0, 10)}${run.git.changed ? ' and changes' : ''}`;
  return `${run.startedAt.slice(0, 10)}, ${commit}, run ${run.run}`;
}

/** Whole numbers where three digits do not tell the two apart. */
function fromTo(trend: FactTrend, from: HistoryRange, to: HistoryRange): string {
  const [before, after] = [rangeText(trend, from), rangeText(trend, to)];
  if (before !== after) return `${before} → ${after}`;
  const unit = isBytes(trend.metric.name) ? ' B' : '';
  return `${wholeRange(from)}${unit} → ${wholeRange(to)}${unit}`;
}

function rangeText({ metric }: FactTrend, { min, max }: HistoryRange): string {
  if (isBytes(metric.name)) return min === max ? formatBytes(min) : formatBytesRange(min, max);
  return min === max ? formatCount(min) : `${formatCount(min)}–${formatCount(max)}`;
}

function wholeRange({ min, max }: HistoryRange): string {
  const whole = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return min === max ? whole(min) : `${whole(min)}–${whole(max)}`;
}

function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
