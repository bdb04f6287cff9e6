import { isBytes, type MetricName } from '../results/metric-name.ts';
import { type FactChange, factChange } from './fact-change.ts';
import { numbersOf, type VariantOfRun } from './gate-samples.ts';
import { type Judgement, notJudged } from './judgement.ts';

/** A nonce in an edited file makes its compressed layer some bytes larger or smaller: seen up to 700. No one waits for a page of memory. */
const fewBytes = 4096;

/**
 * Judges whether a fact of a variant is more than `share` above the baseline's. Facts are exact, so nothing is estimated: it regressed
 * where its least is beyond the baseline's most and the share, and passes where its most is not beyond the baseline's least and the share.
 * Bytes that vary within a variant must also be 4 KiB beyond.
 */
export function judgeGrowth(
  own: VariantOfRun,
  baseline: VariantOfRun,
  metric: MetricName,
  kind: string,
  share: number,
): Judgement {
  const [before, after] = [numbersOf(baseline, metric, kind), numbersOf(own, metric, kind)];
  const change = factChange(before.values, after.values);
  const { basis } = after;
  if (change === null) return notJudged((before.values.length === 0 ? before : after).ifNone, kind, basis);
  return { kind, change, basis, ...compare(change, share, isFactInBytes(metric) && varies(change) ? fewBytes : 0) };
}

function isFactInBytes(metric: MetricName): boolean {
  return metric.sort === 'fact' && isBytes(metric.name);
}

function varies({ baseline, variant }: FactChange): boolean {
  return baseline.min < baseline.max || variant.min < variant.max;
}

function compare(
  { baseline, variant }: FactChange,
  share: number,
  floor: number,
): Pick<Judgement, 'outcome' | 'reason' | 'value'> {
  const [least, most] = [shareOver(variant.min, baseline.max), shareOver(variant.max, baseline.min)];
  if (variant.min > limitOf(baseline.max, share, floor))
    return { outcome: 'regressed', reason: { sort: 'over' }, value: least };
  if (variant.max <= limitOf(baseline.min, share, floor))
    return { outcome: 'pass', reason: { sort: 'within' }, value: most };
  return { outcome: 'inconclusive', reason: { sort: 'not-reproducible' }, value: most };
}

/** The most that a fact may be. What a product is off by for being rounded is no growth: 100 · 1.15 gives 114.99999999999999. */
function limitOf(baseline: number, share: number, floor: number): number {
  return Math.max(baseline + floor, baseline * (1 + share) * (1 + 4 * Number.EPSILON));
}

/** Null where more than nothing is no share of it. */
function shareOver(value: number, baseline: number): number | null {
  if (baseline === 0) return value === 0 ? 0 : null;
  return value / baseline - 1;
}
