import type { TimeName } from '../results/metric-name.ts';
import { type FactName, phaseNames } from '../results/sample.ts';
import type { KindComparison, VariantMetrics } from '../verdict/comparison.ts';
import type { FactMetric, TimeMetric } from '../verdict/metric.ts';
import { type InstantName, instantNames } from '../verdict/metrics.ts';
import { formatBytes, formatBytesRange, formatCount, formatDuration, missing } from './format.ts';
import { type Tone, toneOfBytes, toneOfTime } from './verdict-tone.ts';

/** A table of metrics before it is drawn: variants are columns, the baseline first. Terminal and markdown draw the same. */
export interface MetricTable {
  readonly variants: readonly string[];
  /** Groups of rows, told apart by a rule. */
  readonly groups: readonly (readonly MetricRow[])[];
}

export interface MetricRow {
  readonly label: string;
  /** The row that the table is about. */
  readonly strong: boolean;
  /** One for each variant. */
  readonly cells: readonly MetricCell[];
}

/** `ratio` null: none is shown, because it is missing, the baseline's own, or says nothing about this metric. */
export interface MetricCell {
  readonly text: string;
  readonly ratio: number | null;
  /** Null where nothing was tested. */
  readonly tone: Tone | null;
}

/** The table of one deploy kind: phases, what no phase claims, the release clock; then the facts. Rows that no variant has are left out. */
export function kindTable(kind: KindComparison): MetricTable {
  const { variants } = kind;
  const phases = phaseNames.map((name) => timeRow(name, variants, (variant) => variant.phases[name], name));
  const unattributed = detailRow('unattributed', variants, (variant) => withoutRatio(variant.unattributed));
  const release = { ...timeRow('release clock', variants, (variant) => variant.release, 'release'), strong: true };
  const beside = [
    ...instantNames.map((name) => detailRow(instantLabels[name], variants, (variant) => variant.instants[name])),
    timeRow('cold start', variants, (variant) => variant.coldStart, 'cold-start'),
    timeRow('downtime', variants, (variant) => variant.downtime, 'downtime'),
    detailRow('cache looked up', variants, (variant) => variant.cacheImport),
    detailRow('cache written', variants, (variant) => variant.cacheExport),
  ];
  const facts = [
    bytesRow('image size', variants, 'image.bytes'),
    bytesRow('image compressed', variants, 'image.wireBytes'),
    bytesRow('pushed', variants, 'push.bytes'),
    partRow('layers pushed', variants, ({ facts: own }) => [own['push.layers'], own['image.layers']]),
    bytesRow('pulled', variants, 'pull.bytes'),
    partRow('layers pulled', variants, ({ facts: own }) => [own['pull.layers'], own['image.layers']]),
    partRow('steps cached', variants, ({ facts: own }) => [own['build.cachedSteps'], own['build.steps']]),
    bytesRow('context sent', variants, 'build.contextBytes'),
    bytesRow('cache fetched', variants, 'build.cacheBytes'),
  ];
  return {
    variants: variants.map(({ variant }) => variant),
    groups: [
      [...phases, unattributed].filter(hasNumber),
      [release],
      beside.filter(hasNumber),
      facts.filter(hasNumber),
    ].filter((group) => group.length > 0),
  };
}

const instantLabels: Readonly<Record<InstantName, string>> = {
  listening: 'listening after',
  firstResponse: 'first response',
  firstSuccess: 'first success',
  healthy: 'healthy after',
};

/** A time that is compared pair by pair: beside it stands the ratio of its pairs where it has any, else that of the medians. */
export function timeRow(
  label: string,
  variants: readonly VariantMetrics[],
  metric: (variant: VariantMetrics) => TimeMetric | null,
  name: TimeName,
): MetricRow {
  return row(label, variants, (variant) => {
    const time = metric(variant);
    if (time === null) return null;
    const change = variant.changes?.times[name] ?? null;
    const tested = change !== null && change.ratioInterval !== null;
    return {
      text: formatDuration(time.median),
      ratio: change?.ratio ?? time.ratio,
      tone: tested ? toneOfTime(change) : null,
    };
  });
}

/** A time that only describes. */
function detailRow(
  label: string,
  variants: readonly VariantMetrics[],
  metric: (variant: VariantMetrics) => TimeMetric | null,
): MetricRow {
  return row(label, variants, (variant) => {
    const time = metric(variant);
    return time === null ? null : { text: formatDuration(time.median), ratio: time.ratio, tone: null };
  });
}

export function bytesRow(label: string, variants: readonly VariantMetrics[], name: FactName): MetricRow {
  return row(label, variants, ({ facts, changes }) => {
    const fact = facts[name];
    if (fact === null) return null;
    const change = changes?.facts[name] ?? null;
    return { text: bytesText(fact), ratio: fact.ratio, tone: change === null ? null : toneOfBytes(change) };
  });
}

/** `105 MB`, or `103–105 MB` where it varies. */
export function bytesText(fact: FactMetric): string {
  return fact.varies ? formatBytesRange(fact.min, fact.max) : formatBytes(fact.value);
}

/** `2 of 9`, each a range where it varies. */
export function partText(part: FactMetric, whole: FactMetric | null): string {
  return whole === null ? countText(part) : `${countText(part)} of ${countText(whole)}`;
}

function countText(fact: FactMetric): string {
  return fact.varies ? `${formatCount(fact.min)}–${formatCount(fact.max)}` : formatCount(fact.value);
}

function partRow(
  label: string,
  variants: readonly VariantMetrics[],
  metrics: (variant: VariantMetrics) => readonly [part: FactMetric | null, whole: FactMetric | null],
): MetricRow {
  return row(label, variants, (variant) => {
    const [part, whole] = metrics(variant);
    return part === null ? null : { text: partText(part, whole), ratio: null, tone: null };
  });
}

/** The first variant is the baseline, whose ratio to itself says nothing. */
function row(
  label: string,
  variants: readonly VariantMetrics[],
  cell: (variant: VariantMetrics) => MetricCell | null,
): MetricRow {
  const cells = variants.map((variant, index) => {
    const shown = cell(variant) ?? missingCell;
    return index === 0 ? { ...shown, ratio: null, tone: null } : shown;
  });
  return { label, strong: false, cells };
}

export const missingCell: MetricCell = { text: missing, ratio: null, tone: null };

function hasNumber(candidate: MetricRow): boolean {
  return candidate.cells.some((cell) => cell.text !== missing);
}

function withoutRatio(time: TimeMetric | null): TimeMetric | null {
  return time === null ? null : { ...time, ratio: null };
}
