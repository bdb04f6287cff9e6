import type { Interval } from '../stats/interval.ts';
import type { VariantMetrics } from '../verdict/comparison.ts';
import type { Margin } from '../verdict/margin.ts';
import type { TimeChange, Verdict } from '../verdict/time-change.ts';
import { formatDuration } from './format.ts';
import { formatAllowed, formatPercent } from './gate-numbers.ts';
import { actOf } from './kind-words.ts';
import { toneMarks, toneOfTime } from './verdict-tone.ts';
import { describeChange, holdsNoChange, intervalText } from './verdict-words.ts';

export interface Headline {
  /** Null where there was nothing to test. */
  readonly verdict: Verdict | null;
  readonly text: string;
}

interface Told {
  readonly act: string;
  readonly change: TimeChange;
  readonly margin: Margin;
  /** Medians of the release clock. */
  readonly from: string;
  readonly to: string;
  readonly baseline: string;
  readonly variant: string;
}

/** The verdict on a variant's release clock in one sentence; null where one of the two was never deployed. */
export function verdictHeadline(
  kind: string,
  baseline: VariantMetrics,
  variant: VariantMetrics,
  margin: Margin,
): Headline | null {
  if (baseline.release === null || variant.release === null) return null;
  const names = { baseline: baseline.variant, variant: variant.variant };
  const change = variant.changes?.times.release ?? null;
  if (change === null) {
    const both = `of both ${names.variant} and ${names.baseline}`;
    return { verdict: null, text: `No round has a ${kind} deploy ${both} that counts: nothing is compared.` };
  }
  const [from, to] = [formatDuration(baseline.release.median), formatDuration(variant.release.median)];
  const told: Told = { act: actOf(kind), change, margin, from, to, ...names };
  const { ratioInterval } = change;
  if (ratioInterval === null) return { verdict: null, text: marked(change, notTested(told)) };
  return { verdict: change.verdict, text: marked(change, sentences[change.verdict](told, ratioInterval)) };
}

function marked(change: TimeChange, sentence: string): string {
  return `${toneMarks[toneOfTime(change)]} ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

const sentences: Readonly<Record<Verdict, (told: Told, ratio: Interval) => string>> = {
  faster: (told, { low, high }) => {
    const times = timesText(1 / told.change.ratio, { low: 1 / high, high: 1 / low });
    return `${instead(told)}: ${times.estimate} times as fast ${times.interval}, ${describeChange(told.change).count}.`;
  },
  slower: (told, interval) => {
    const times = timesText(told.change.ratio, interval);
    return `${instead(told)}: ${times.estimate} times as long ${times.interval}, ${describeChange(told.change).count}.`;
  },
  same: (told) => `${told.act} takes as long with ${told.variant} as with ${told.baseline}, ${sameText(told)}.`,
  unsure: unsureText,
};

function notTested({ act, to, from, variant, baseline, change }: Told): string {
  const pairs = change.pairs === 1 ? '1 pair' : describeChange(change).count;
  return `${act} took ${to} with ${variant} and ${from} with ${baseline}: ${pairs}, too few to test.`;
}

function instead({ act, to, from, variant }: Told): string {
  return `${act} takes ${to} with ${variant} instead of ${from}`;
}

/** By which of the two margins: the one that holds any difference that there may be. */
function sameText({ to, from, change, margin }: Told): string {
  const { ratioInterval, differenceInterval } = change;
  const within = Math.log1p(margin.share);
  const byShare =
    ratioInterval !== null && Math.log(ratioInterval.low) > -within && Math.log(ratioInterval.high) < within;
  const bounds = differenceInterval === null ? [] : [differenceInterval.low, differenceInterval.high];
  const limit = byShare
    ? `${formatAllowed(margin.share)} ${intervalText(ratioInterval)}`
    : `${formatDuration(margin.floorMs)} [${bounds.map(signedDuration).join(', ')}]`;
  return `${to} and ${from}: any difference is less than ${limit}`;
}

function signedDuration(ms: number): string {
  return ms > 0 ? `+${formatDuration(ms)}` : formatDuration(ms);
}

function unsureText(told: Told, interval: Interval): string {
  const { act, to, from, variant, baseline, change, margin } = told;
  const { detectable } = change;
  if (holdsNoChange(interval)) {
    const seen = detectable === null ? '' : `; it would have seen changes from ±${formatPercent(detectable)} on`;
    return `no difference that this run could have seen: ${act} takes ${to} with ${variant} and ${from} with ${baseline}${seen}.`;
  }
  const { change: share, count } = describeChange(change);
  const why = `which may be less than ${formatAllowed(margin.share)} or ${formatDuration(margin.floorMs)}`;
  return `unsure: ${act} takes ${to} with ${variant} and ${from} with ${baseline}, ${share}, ${count}, ${why}.`;
}

/** `5.8` and `[5.6, 6.1]`: as many decimals for the bounds as for the estimate. */
function timesText(ratio: number, { low, high }: Interval): { estimate: string; interval: string } {
  const decimals = ratio < 2 ? 2 : ratio < 10 ? 1 : 0;
  return { estimate: ratio.toFixed(decimals), interval: `[${low.toFixed(decimals)}, ${high.toFixed(decimals)}]` };
}
