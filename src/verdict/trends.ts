import type {
  HistoryEntry,
  HistoryEstimate,
  HistoryRange,
  HistoryTime,
  HistoryVariant,
} from '../results/history-entry.ts';
import { type MetricName, metricNamesOf, parseMetricName, writeMetricName } from '../results/metric-name.ts';
import { defaultMargin, type Margin } from './margin.ts';
import { type FactStep, factSteps, type TimeStep, timeSteps } from './steps.ts';

/** The runs of one scenario in the order of their start, and what its metrics did from run to run. */
export interface ScenarioHistory {
  readonly scenario: string;
  /** Never empty. */
  readonly runs: readonly HistoryEntry[];
  /** Of the last run. */
  readonly baseline: string;
  readonly trends: readonly Trend[];
}

interface TrendOf<Value, Step> {
  readonly variant: string;
  /** One for each of the history's runs; null where a run does not have the number. */
  readonly points: readonly (Value | null)[];
  /** `at` counts runs of the history from 0. */
  readonly steps: readonly Step[];
}

/** `change` is to the baseline of the same run; null for the baseline, and where there were no pairs. */
export interface TimeInRun extends HistoryTime {
  readonly change: HistoryEstimate | null;
}

export interface TimeTrend extends TrendOf<TimeInRun, TimeStep> {
  readonly sort: 'time';
  readonly metric: MetricName & { readonly sort: 'time' };
}

export interface FactTrend extends TrendOf<HistoryRange, FactStep> {
  readonly sort: 'fact';
  readonly metric: MetricName & { readonly sort: 'fact' };
}

export type Trend = TimeTrend | FactTrend;

/** `null` stands for all. */
export interface TrendChoice {
  readonly variants: readonly string[] | null;
  readonly metrics: readonly MetricName[] | null;
  /** Only so many of the last runs. */
  readonly last: number | null;
}

/** One history for each scenario, in the order of the names. */
export function historiesOf(
  entries: readonly HistoryEntry[],
  choice: TrendChoice,
  margin: Margin = defaultMargin,
): ScenarioHistory[] {
  return scenariosOf(entries).flatMap((scenario) => {
    const own = entries
      .filter((entry) => entry.scenario === scenario)
      .toSorted((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt))
      .slice(-(choice.last ?? entries.length));
    return historyOf(scenario, own, choice, margin);
  });
}

/** In the order of their names. */
export function scenariosOf(entries: readonly HistoryEntry[]): string[] {
  return [...new Set(entries.map(({ scenario }) => scenario))].toSorted((one, other) => (one < other ? -1 : 1));
}

/** The kinds of these runs: those of the last one first, in the order of its lap. */
export function kindsOf(entries: readonly HistoryEntry[]): string[] {
  return [...new Set(entries.toReversed().flatMap(({ kinds }) => kinds.map(({ kind }) => kind)))];
}

/** The variants of these runs: those of the last one first, its baseline before all. */
export function variantsOf(entries: readonly HistoryEntry[]): string[] {
  const inKinds = ({ kinds }: HistoryEntry): string[] => kinds.flatMap(({ variants }) => variants.map(nameOf));
  return [...new Set(entries.toReversed().flatMap((entry) => [entry.baseline, ...inKinds(entry)]))];
}

function historyOf(
  scenario: string,
  runs: readonly HistoryEntry[],
  choice: TrendChoice,
  margin: Margin,
): ScenarioHistory[] {
  const latest = runs.at(-1);
  if (latest === undefined) return [];
  const variants = variantsOf(runs).filter((variant) => choice.variants?.includes(variant) ?? true);
  const kinds = kindsOf(runs);
  const metrics = choice.metrics ?? metricNamesOf(kinds).flatMap((name) => parseMetricName(name, kinds) ?? []);
  const trends = variants.flatMap((variant) => metrics.map((metric) => trendOf(runs, variant, metric, margin)));
  return [{ scenario, runs, baseline: latest.baseline, trends: trends.filter(hasPoint) }];
}

function trendOf(runs: readonly HistoryEntry[], variant: string, metric: MetricName, margin: Margin): Trend {
  if (metric.sort === 'fact') {
    const points = runs.map((run) => factIn(run, variant, metric));
    return { sort: 'fact', variant, metric, points, steps: factSteps(points) };
  }
  const points = runs.map((run) => timeIn(run, variant, metric));
  const steps = timeSteps(
    runs.map(({ fingerprint }, index) => ({ value: points[index]?.median ?? null, fingerprint: fingerprint.hash })),
    margin,
  );
  return { sort: 'time', variant, metric, points, steps };
}

function timeIn(run: HistoryEntry, variant: string, { kind, name }: MetricName & { sort: 'time' }): TimeInRun | null {
  const own = inKind(run, variant, kind);
  const time = own?.times[name] ?? null;
  return time === null ? null : { ...time, change: own?.changes?.times[name] ?? null };
}

/** An image's fact is that of the first kind that has it, which is the same kind in every run. */
function factIn(
  run: HistoryEntry,
  variant: string,
  { kind, name }: MetricName & { sort: 'fact' },
): HistoryRange | null {
  if (kind !== null) return inKind(run, variant, kind)?.facts[name] ?? null;
  const found = run.kinds.map((each) => inKind(run, variant, each.kind)?.facts[name] ?? null);
  return found.find((range) => range !== null) ?? null;
}

function inKind({ kinds }: HistoryEntry, variant: string, kind: string): HistoryVariant | null {
  const variants = kinds.find((each) => each.kind === kind)?.variants ?? [];
  return variants.find((each) => each.variant === variant) ?? null;
}

function nameOf({ variant }: HistoryVariant): string {
  return variant;
}

function hasPoint(trend: Trend): boolean {
  return trend.points.some((point) => point !== null);
}

/** As a person writes it. */
export function nameOfTrend(trend: Trend): string {
  return writeMetricName(trend.metric);
}
