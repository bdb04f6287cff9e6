import type { MetricName } from '../results/metric-name.ts';
import type { Fingerprint } from '../results/run-record.ts';
import { numbersOf, type VariantOfRun } from './gate-samples.ts';
import { judgeGrowth } from './judge-growth.ts';
import { judgeSlowDown } from './judge-slow-down.ts';
import { type GateReason, type Judgement, notJudged } from './judgement.ts';
import type { Margin } from './margin.ts';

/**
 * Judges how much more a metric is than the baseline's, which may be a variant of another run. Then only facts can be judged: two times
 * that were not taken in turns differ by what else happened on the machine, and without any change a quarter of such comparisons, or most,
 * call one out.
 */
export function judgeIncrease(
  own: VariantOfRun,
  baseline: VariantOfRun | null,
  metric: MetricName,
  kind: string,
  margin: Margin,
): Judgement {
  const refuse = (reason: GateReason): Judgement => notJudged(reason, kind, numbersOf(own, metric, kind).basis);
  if (baseline === null) return refuse({ sort: 'no-baseline' });
  const [here, there] = [own.run.record, baseline.run.record];
  if (there.scenario.name !== here.scenario.name)
    return refuse({ sort: 'scenario-vanished', scenario: there.scenario.name });
  if (metric.sort === 'fact') return judgeGrowth(own, baseline, metric, kind, margin.share);
  if (baseline.run !== own.run) {
    const differs = differencesOf(there.fingerprint, here.fingerprint);
    return refuse(differs.length > 0 ? { sort: 'other-machine', differs } : { sort: 'not-in-turns' });
  }
  return judgeSlowDown(own.run, metric.name, { kind, baseline: baseline.variant, variant: own.variant }, margin);
}

/** Names of what is not the same in two fingerprints. */
function differencesOf(one: Fingerprint, other: Fingerprint): string[] {
  const parts = Object.keys(one) as (keyof Fingerprint)[];
  return parts.filter((part) => JSON.stringify(one[part]) !== JSON.stringify(other[part]));
}
