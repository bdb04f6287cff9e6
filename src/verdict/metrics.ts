import { type FactName, factNames, type Instant, type PhaseName, phaseNames, type Sample } from '../results/sample.ts';
import { mapNames } from './map-names.ts';
import { type FactMetric, factMetric, type TimeMetric, timeMetric } from './metric.ts';
import { factOf, sum, timeOf } from './metric-value.ts';

/** The numbers of one variant's deploys of one kind; what none of them has is null. */
export interface Metrics {
  readonly release: TimeMetric | null;
  readonly phases: Readonly<Record<PhaseName, TimeMetric | null>>;
  readonly unattributed: TimeMetric | null;
  /** `start` and `ready` together, per sample. */
  readonly coldStart: TimeMetric | null;
  /** From the last answer of the old container to the first of the new one. */
  readonly downtime: TimeMetric | null;
  /** Instants of readiness, counted from the start of `ready`. */
  readonly instants: Readonly<Record<InstantName, InstantMetric | null>>;
  /** How long the app was ready before its HEALTHCHECK said so. */
  readonly healthcheckAdded: TimeMetric | null;
  readonly cacheImport: TimeMetric | null;
  readonly cacheExport: TimeMetric | null;
  /** How the old container ended: what it used of its grace period, and with which exit codes. */
  readonly stop: StopMetrics | null;
  /** Bytes pushed and pulled together, per sample. */
  readonly movedBytes: FactMetric | null;
  readonly facts: Readonly<Record<FactName, FactMetric | null>>;
}

export const instantNames = ['listening', 'firstResponse', 'firstSuccess', 'healthy'] as const;
export type InstantName = (typeof instantNames)[number];

/** A median instant, and the coarsest resolution of those that it is the median of. */
interface InstantMetric extends TimeMetric {
  readonly resolutionMs: number;
}

interface StopMetrics {
  readonly graceUsed: TimeMetric;
  readonly gracePeriodMs: number;
  readonly killed: number;
  /** Each once, in order; null: not known. */
  readonly exitCodes: readonly (number | null)[];
}

/** The numbers of these samples, all of them `ok`, beside those of the baseline. */
export function measure(own: readonly Sample[], baseline: readonly Sample[]): Metrics {
  const time = (of: (sample: Sample) => number | null): TimeMetric | null => timeMetric(own.map(of), baseline.map(of));
  const fact = (of: (sample: Sample) => number | null): FactMetric | null => factMetric(own.map(of), baseline.map(of));
  return {
    release: time((sample) => timeOf(sample, 'release')),
    phases: mapNames(phaseNames, (name) => time((sample) => timeOf(sample, name))),
    unattributed: time((sample) => sample.unattributedMs),
    coldStart: time((sample) => timeOf(sample, 'cold-start')),
    downtime: time((sample) => timeOf(sample, 'downtime')),
    instants: mapNames(instantNames, (name) => instantMetric(own, baseline, name)),
    healthcheckAdded: time(({ phases }) => phases.ready?.detail?.healthcheck?.addedMs ?? null),
    cacheImport: time(({ phases }) => phases.build?.detail?.cacheImportMs ?? null),
    cacheExport: time(({ phases }) => phases.build?.detail?.cacheExportMs ?? null),
    stop: stopMetrics(own, baseline),
    movedBytes: fact(({ facts }) => sum(facts['push.bytes'], facts['pull.bytes'])),
    facts: mapNames(factNames, (name) => fact((sample) => factOf(sample, name))),
  };
}

function instantMetric(own: readonly Sample[], baseline: readonly Sample[], name: InstantName): InstantMetric | null {
  const of = (sample: Sample): Instant | null => sample.phases.ready?.detail?.[name] ?? null;
  const msOf = (sample: Sample): number | null => of(sample)?.ms ?? null;
  const time = timeMetric(own.map(msOf), baseline.map(msOf));
  if (time === null) return null;
  return { ...time, resolutionMs: Math.max(...own.map((sample) => of(sample)?.resolutionMs ?? 0)) };
}

function stopMetrics(own: readonly Sample[], baseline: readonly Sample[]): StopMetrics | null {
  const msOf = ({ phases }: Sample): number | null => phases.stop?.detail?.stopMs ?? null;
  const graceUsed = timeMetric(own.map(msOf), baseline.map(msOf));
  const details = own.flatMap(({ phases }) => phases.stop?.detail ?? []);
  const [first] = details;
  if (graceUsed === null || first === undefined) return null;
  return {
    graceUsed,
    gracePeriodMs: first.gracePeriodMs,
    killed: details.filter((detail) => detail.killed).length,
    exitCodes: [...new Set(details.map((detail) => detail.exitCode))],
  };
}
