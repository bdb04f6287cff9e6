import {
  type HistoryEntry,
  type HistoryEstimate,
  type HistoryRange,
  type HistoryTime,
  type HistoryVariant,
  historySchemaVersion,
} from '../results/history-entry.ts';
import { type TimeName, timeNames } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { factNames } from '../results/sample.ts';
import type { Comparison, VariantMetrics } from './comparison.ts';
import type { GateReport } from './gate.ts';
import { historyFingerprint } from './history-fingerprint.ts';
import type { FactMetric, TimeMetric } from './metric.ts';
import type { TimeChange } from './time-change.ts';

/** What a finished run leaves to its scenario's history. `gate` null: nothing was gated. */
export function historyEntry({ record }: RunFolder, comparison: Comparison, gate: GateReport | null): HistoryEntry {
  return {
    schema: historySchemaVersion,
    run: record.id,
    startedAt: record.startedAt,
    scenario: record.scenario.name,
    toolVersion: record.tool.version,
    command: record.command,
    git: record.git,
    fingerprint: historyFingerprint(record),
    rounds: comparison.rounds,
    baseline: comparison.baseline,
    kinds: comparison.kinds.map(({ kind, variants }) => ({ kind, variants: variants.map(variantOf) })),
    gates: gate === null ? null : gatesOf(gate),
  };
}

function variantOf(metrics: VariantMetrics): HistoryVariant {
  const { changes } = metrics;
  return {
    variant: metrics.variant,
    times: byName(timeNames, (name) => medianOf(timeNamed(metrics, name))),
    facts: byName(factNames, (name) => rangeOf(metrics.facts[name])),
    changes:
      changes === null
        ? null
        : {
            times: byName(timeNames, (name) => estimateOf(changes.times[name])),
            facts: byName(factNames, (name) => changes.facts[name]?.verdict ?? null),
          },
  };
}

function timeNamed(metrics: VariantMetrics, name: TimeName): TimeMetric | null {
  switch (name) {
    case 'release':
      return metrics.release;
    case 'cold-start':
      return metrics.coldStart;
    case 'downtime':
      return metrics.downtime;
    default:
      return metrics.phases[name];
  }
}

function medianOf(time: TimeMetric | null): HistoryTime | null {
  return time === null ? null : { median: time.median, samples: time.samples };
}

function rangeOf(fact: FactMetric | null): HistoryRange | null {
  if (fact === null) return null;
  const { samples } = fact;
  return fact.varies ? { min: fact.min, max: fact.max, samples } : { min: fact.value, max: fact.value, samples };
}

function estimateOf(change: TimeChange | null): HistoryEstimate | null {
  if (change === null) return null;
  const { pairs, ratio, ratioInterval, verdict } = change;
  return { pairs, ratio, interval: ratioInterval, verdict };
}

function gatesOf({ outcome, results }: GateReport): NonNullable<HistoryEntry['gates']> {
  return {
    outcome,
    results: results.map(({ gate, variant, rule, outcome: of, value, limit, fails }) => ({
      ...{ metric: gate.metric, variant, rule, outcome: of, value, limit, fails },
    })),
  };
}

function byName<Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name) => Value,
): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}
