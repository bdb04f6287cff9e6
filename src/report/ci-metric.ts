import { type MetricName, type TimeName, timeNames, unitOf } from '../results/metric-name.ts';
import { type FactName, factNames } from '../results/sample.ts';
import type { VariantMetrics } from '../verdict/comparison.ts';
import type { FactChange } from '../verdict/fact-change.ts';
import type { FactMetric, TimeMetric } from '../verdict/metric.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatDuration, formatRatio, missing } from './format.ts';
import { formatIncrease, formatRange } from './gate-numbers.ts';

/** A metric of a variant as a cell: the median of a time, a fact with its range. */
export function metricText(own: VariantMetrics | null, metric: MetricName): string {
  if (own === null) return missing;
  if (metric.sort === 'time') {
    const time = timeIn(own, metric.name);
    return time === null ? missing : formatDuration(time.median);
  }
  const fact = own.facts[metric.name];
  return fact === null ? missing : formatRange(unitOf(metric), rangeOf(fact));
}

function timeIn(own: VariantMetrics, name: TimeName): TimeMetric | null {
  switch (name) {
    case 'release':
      return own.release;
    case 'cold-start':
      return own.coldStart;
    case 'downtime':
      return own.downtime;
    default:
      return own.phases[name];
  }
}

/** `+48 % [+47 %, +50 %]`, `×20.0 [×19.8, ×20.2]`. */
export function changeText(change: TimeChange | FactChange | null): string {
  if (change === null || !('pairs' in change) || change.ratioInterval === null) return sizeText(change);
  const write = wayToWrite(change.ratio);
  const { low, high } = change.ratioInterval;
  return `${write(change.ratio)} [${write(low)}, ${write(high)}]`;
}

/** The change alone, without its interval. A fact that varies as much as it differs has none. */
export function sizeText(change: TimeChange | FactChange | null): string {
  if (change === null) return missing;
  if ('pairs' in change) return wayToWrite(change.ratio)(change.ratio);
  if (change.verdict === 'same') return formatIncrease(0);
  if (change.verdict === 'not-reproducible') return 'varies';
  const [before, after] = [middle(change.baseline), middle(change.variant)];
  return before === 0 ? missing : wayToWrite(after / before)(after / before);
}

function middle({ min, max }: FactChange['baseline']): number {
  return (min + max) / 2;
}

const large = 10;

/** A share, or where it is far from the baseline a multiple of it: −99.98 % and +437,520 % tell nobody how much. */
function wayToWrite(ratio: number): (each: number) => string {
  return ratio >= large || ratio < 1 / large ? formatRatio : (each) => formatIncrease(each - 1);
}

export function changeOfMetric({ changes }: VariantMetrics, metric: MetricName): TimeChange | FactChange | null {
  if (changes === null) return null;
  return metric.sort === 'time' ? changes.times[metric.name] : changes.facts[metric.name];
}

/** All metrics of a kind, times before facts. */
export function metricsOf(kind: string): MetricName[] {
  return [
    ...timeNames.map((name: TimeName): MetricName => ({ sort: 'time', kind, name })),
    ...factNames.map((name: FactName): MetricName => ({ sort: 'fact', kind, name })),
  ];
}

function rangeOf(fact: FactMetric): { min: number; max: number; samples: number } {
  const { samples } = fact;
  return fact.varies ? { min: fact.min, max: fact.max, samples } : { min: fact.value, max: fact.value, samples };
}
