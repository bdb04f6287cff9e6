import type { MetricName } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { Sample } from '../results/sample.ts';
import type { GateBasis, GateReason } from './judgement.ts';
import { factOf, timeOf } from './metric-value.ts';
import { turnsReached } from './stages.ts';

/** A variant of a run; two that are compared may be of two runs. */
export interface VariantOfRun {
  readonly run: RunFolder;
  readonly variant: string;
}

/** What a variant has of a metric. */
export interface Numbers {
  /** One for each `ok` deploy of the kind that has one. */
  readonly values: readonly number[];
  readonly basis: GateBasis;
  /** Why there are no values, where there are none. */
  readonly ifNone: GateReason;
}

/** A variant's numbers of a metric in one kind, whichever kind the metric names. */
export function numbersOf({ run, variant }: VariantOfRun, metric: MetricName, kind: string): Numbers {
  const isOurs = (each: { readonly kind: string; readonly variant: string }): boolean =>
    each.kind === kind && each.variant === variant;
  const ok = run.samples.filter((sample) => isOurs(sample) && sample.outcome === 'ok');
  const used = ok.filter((sample) => numberIn(sample, metric) !== null);
  const planned = turnsReached(run).filter(isOurs).length;
  return {
    values: used.flatMap((sample) => numberIn(sample, metric) ?? []),
    basis: {
      unit: 'deploys',
      used: used.length,
      lost: Math.max(0, planned - used.length),
      tainted: used.filter(({ tainted }) => tainted.length > 0).length,
    },
    ifNone: { sort: ok.length === 0 ? 'no-sample' : 'no-number', run: run.record.id, kind, variant },
  };
}

/** The kinds that a metric is judged in: its own, or for an image's fact each that builds an image, by what its deploys went through. */
export function kindsOf({ record, samples }: RunFolder, metric: MetricName): string[] {
  if (metric.kind !== null) return [metric.kind];
  const built = samples.filter(
    (sample) => numberIn(sample, metric) !== null || sample.phases.build !== null || sample.outcome === 'build-failed',
  );
  return record.plan.kinds.filter((kind) => built.some((sample) => sample.kind === kind));
}

function numberIn(sample: Sample, metric: MetricName): number | null {
  return metric.sort === 'time' ? timeOf(sample, metric.name) : factOf(sample, metric.name);
}
