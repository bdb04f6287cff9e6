import type { MetricName } from '../results/metric-name.ts';
import { median } from '../stats/median.ts';
import { numbersOf, type VariantOfRun } from './gate-samples.ts';
import { type Judgement, notJudged } from './judgement.ts';

/**
 * Judges a variant's deploys of one kind by a limit in milliseconds, bytes or counts: the median of a time, the largest of a fact. A
 * median under the limit passes only where most deploys have a time: those that failed or never got ready may have been the slow ones.
 */
export function judgeBudget(own: VariantOfRun, metric: MetricName, kind: string, budget: number): Judgement {
  const { values, basis, ifNone } = numbersOf(own, metric, kind);
  if (values.length === 0) return notJudged(ifNone, kind, basis);
  const value = metric.sort === 'time' ? median(values) : Math.max(...values);
  const judged = { kind, value, change: null, basis };
  // Asked this way round, a limit that is not a number lets nothing pass.
  if (!(value <= budget)) return { ...judged, outcome: 'over-budget', reason: { sort: 'over' } };
  if (metric.sort === 'time' && basis.lost >= basis.used) {
    const reason = { sort: 'too-few-deploys', ok: basis.used, planned: basis.used + basis.lost } as const;
    return { ...judged, outcome: 'not-judged', reason };
  }
  return { ...judged, outcome: 'pass', reason: { sort: 'within' } };
}
