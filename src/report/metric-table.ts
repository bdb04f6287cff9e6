import { phaseNames } from '../results/sample.ts';
import type { KindComparison, VariantMetrics } from '../verdict/comparison.ts';
import type { FactMetric, TimeMetric } from '../verdict/metric.ts';
import { type InstantName, instantNames } from '../verdict/metrics.ts';
import { formatBytes, formatBytesRange, formatCount, formatDuration, missing } from './format.ts';

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
}

/** The table of one deploy kind: phases, what no phase claims, the release clock; then the facts. Rows that no variant has are left out. */
export function kindTable(kind: KindComparison): MetricTable {
  const { variants } = kind;
  const phases = phaseNames.map((name) => timeRow(name, variants, (variant) => variant.phases[name]));
  const unattributed = timeRow('unattributed', variants, (variant) => withoutRatio(variant.unattributed));
  const release = { ...timeRow('release clock', variants, (variant) => variant.release), strong: true };
  const beside = [
    ...instantNames.map((name) => timeRow(instantLabels[name], variants, (variant) => variant.instants[name])),
    timeRow('downtime', variants, (variant) => variant.downtime),
    timeRow('cache looked up', variants, (variant) => variant.cacheImport),
    timeRow('cache written', variants, (variant) => variant.cacheExport),
  ];
  const facts = [
    bytesRow('image size', variants, (variant) => variant.facts['image.bytes']),
    bytesRow('image compressed', variants, (variant) => variant.facts['image.wireBytes']),
    bytesRow('pushed', variants, (variant) => variant.facts['push.bytes']),
    partRow('layers pushed', variants, ({ facts: own }) => [own['push.layers'], own['image.layers']]),
    bytesRow('pulled', variants, (variant) => variant.facts['pull.bytes']),
    partRow('layers pulled', variants, ({ facts: own }) => [own['pull.layers'], own['image.layers']]),
    partRow('steps cached', variants, ({ facts: own }) => [own['build.cachedSteps'], own['build.steps']]),
    bytesRow('context sent', variants, (variant) => variant.facts['build.contextBytes']),
    bytesRow('cache fetched', variants, (variant) => variant.facts['build.cacheBytes']),
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

export function timeRow(
  label: string,
  variants: readonly VariantMetrics[],
  metric: (variant: VariantMetrics) => TimeMetric | null,
): MetricRow {
  return row(label, variants, (variant) => {
    const time = metric(variant);
    return time === null ? null : { text: formatDuration(time.median), ratio: time.ratio };
  });
}

export function bytesRow(
  label: string,
  variants: readonly VariantMetrics[],
  metric: (variant: VariantMetrics) => FactMetric | null,
): MetricRow {
  return row(label, variants, (variant) => {
    const fact = metric(variant);
    return fact === null ? null : { text: bytesText(fact), ratio: fact.ratio };
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
    return part === null ? null : { text: partText(part, whole), ratio: null };
  });
}

/** The first variant is the baseline, whose ratio to itself says nothing. */
function row(
  label: string,
  variants: readonly VariantMetrics[],
  cell: (variant: VariantMetrics) => MetricCell | null,
): MetricRow {
  const cells = variants.map((variant, index) => {
    const { text, ratio } = cell(variant) ?? { text: missing, ratio: null };
    return { text, ratio: index === 0 ? null : ratio };
  });
  return { label, strong: false, cells };
}

function hasNumber(candidate: MetricRow): boolean {
  return candidate.cells.some((cell) => cell.text !== missing);
}

function withoutRatio(time: TimeMetric | null): TimeMetric | null {
  return time === null ? null : { ...time, ratio: null };
}
