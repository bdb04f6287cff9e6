import { isBytes } from '../results/metric-name.ts';
import { nameOfTrend, type ScenarioHistory, type Trend } from '../verdict/trends.ts';
import { safeTexts } from './safe-text.ts';

const columns = [
  ...['scenario', 'run', 'startedAt', 'commit', 'changed', 'fingerprint', 'variant', 'metric', 'unit', 'samples'],
  ...['value', 'most', 'ratio', 'ratioLow', 'ratioHigh', 'verdict'],
] as const;

/**
 * A history as comma-separated values (RFC 4180), one line a number. `value` is the median of a time, or a fact; where a fact varies within
 * its run it is the least, and `most` the largest. What is missing is empty.
 */
export function renderHistoryCsv(histories: readonly ScenarioHistory[]): string {
  const rows = safeTexts(histories).flatMap((history) => history.trends.flatMap((trend) => trendRows(trend, history)));
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

type Value = string | number | boolean | null;

function trendRows(trend: Trend, { scenario, runs }: ScenarioHistory): Value[][] {
  return runs.flatMap(({ run, startedAt, git, fingerprint }, at) => {
    const numbers = numbersOf(trend, at);
    if (numbers === null) return [];
    const about = [scenario, run, startedAt, git?.commit ?? null, git?.changed ?? null, fingerprint.hash];
    return [[...about, trend.variant, nameOfTrend(trend), unitOf(trend), ...numbers]];
  });
}

function numbersOf(trend: Trend, at: number): Value[] | null {
  if (trend.sort === 'fact') {
    const range = trend.points[at] ?? null;
    if (range === null) return null;
    return [range.samples, range.min, range.max === range.min ? null : range.max, null, null, null, null];
  }
  const time = trend.points[at] ?? null;
  if (time === null) return null;
  const { ratio = null, interval = null, verdict = null } = time.change ?? {};
  return [time.samples, time.median, null, ratio, interval?.low ?? null, interval?.high ?? null, verdict];
}

function unitOf({ metric }: Trend): string {
  if (metric.sort === 'time') return 'ms';
  return isBytes(metric.name) ? 'B' : 'count';
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe, which makes it a text there. */
function field(value: Value): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value.replace(/^[=+\-@]/, "'$&") : String(value);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
