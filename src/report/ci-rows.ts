import { type MetricName, parseMetricName, unitOf, writeMetricName } from '../results/metric-name.ts';
import type { KindComparison } from '../verdict/comparison.ts';
import type { FactChange } from '../verdict/fact-change.ts';
import type { GateResult } from '../verdict/gate.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { changeOfMetric, changeText, metricsOf, metricText } from './ci-metric.ts';
import { type CiView, kindNamed, sidesOf } from './ci-view.ts';
import { missing } from './format.ts';
import { formatLimit } from './gate-numbers.ts';
import { type GateView, type Standing, standingOf } from './gate-view.ts';

/** A metric at base and head. */
export interface CiRow {
  readonly metric: string;
  readonly base: string;
  readonly head: string;
  /** With its interval of 95 %. */
  readonly change: string;
  readonly verdict: string;
}

/** One row a gate. */
export function gateRows(view: CiView): CiRow[] {
  const { gates } = view;
  return gates === null ? [] : gates.report.results.map((result) => gateRow(result, gates, view));
}

function gateRow(result: GateResult, gates: GateView, { comparison }: CiView): CiRow {
  const { gate, rule, limit } = result;
  const kinds = comparison.kinds.map(({ kind }) => kind);
  const metric = parseMetricName(gate.metric, kinds);
  const kind = kindNamed(comparison, result.kind ?? metric?.kind ?? null);
  const sides = kind === null ? null : sidesOf(kind);
  const word = verdictWord(result, gates);
  if (metric === null || sides === null)
    return { metric: gate.metric, base: missing, head: missing, change: missing, verdict: word };
  const ofImage = metric.kind === null && kind !== null ? `, ${kind.kind}` : '';
  const budget = rule === 'budget' ? ` (budget ${formatLimit(unitOf(metric), limit)})` : '';
  return {
    metric: `${gate.metric}${ofImage}`,
    base: metricText(sides.base, metric),
    head: metricText(sides.head, metric),
    change: changeText(result.change ?? changeOfMetric(sides.head, metric)),
    verdict: `${word}${budget}`,
  };
}

const marks: Readonly<Record<Standing, string>> = {
  pass: '✅',
  fails: '❌',
  told: '⚠️',
  inconclusive: '❔',
  'not-judged': '❌',
};

const words: Readonly<Record<GateResult['outcome'], string>> = {
  pass: 'pass',
  regressed: 'regressed',
  'over-budget': 'over budget',
  inconclusive: 'cannot tell',
  'not-judged': 'not judged',
};

function verdictWord(result: GateResult, { inconclusive }: GateView): string {
  const standing = standingOf(result, inconclusive);
  return `${marks[standing]} ${words[result.outcome]}${standing === 'told' ? ', fails nothing' : ''}`;
}

/** Every metric that base or head has in a kind, whether a gate limits it or not. */
export function kindRows(kind: KindComparison): CiRow[] {
  const sides = sidesOf(kind);
  if (sides === null) return [];
  const { base, head } = sides;
  return metricsOf(kind.kind)
    .map((metric): CiRow => {
      const change = changeOfMetric(head, metric);
      return {
        metric: nameInKind(metric),
        base: metricText(base, metric),
        head: metricText(head, metric),
        change: changeText(change),
        verdict: change === null ? missing : changeWord(change),
      };
    })
    .filter((row) => row.base !== missing || row.head !== missing);
}

function nameInKind(metric: MetricName): string {
  return writeMetricName({ ...metric, kind: null } as MetricName);
}

function changeWord({ verdict }: TimeChange | FactChange): string {
  return verdict === 'not-reproducible' ? 'varies' : verdict;
}
