import type { Interval } from '../../stats/interval.ts';
import type { VariantMetrics } from '../../verdict/comparison.ts';
import type { TimeChange } from '../../verdict/time-change.ts';
import { formatDuration } from '../format.ts';
import { countOf, formatAllowed, formatPercent } from '../gate-numbers.ts';
import type { Tone } from '../verdict-tone.ts';
import { holdsNoChange } from '../verdict-words.ts';
import { actText, type PageView } from './view.ts';

/** The page's first sentence: what was found, and how sure that is. */
export interface Answer {
  readonly lead: string;
  /** Empty where there is nothing to add. */
  readonly aside: string;
  readonly tone: Tone | null;
}

export function answerOf(view: PageView): Answer {
  const { kind, baseline, subject } = view;
  if (kind === null || baseline === null) {
    return { lead: 'No deploy of this run counts', aside: 'what went wrong stands below', tone: null };
  }
  const act = actText(kind.kind);
  const change = subject?.changes?.times.release ?? null;
  const [from, to] = [clock(baseline), subject === null ? null : clock(subject)];
  if (subject === null || change === null || from === null || to === null) return alone(view, act);
  const others = kind.variants.length - 2;
  const prefix = others > 0 ? `With ${subject.variant}, ${act.charAt(0).toLowerCase()}${act.slice(1)}` : act;
  const told: Told = {
    opening: prefix,
    act,
    from,
    to,
    change,
    baseline: baseline.variant,
    subject: subject.variant,
    turn: turnOf(kind),
  };
  const found = tell(told, view.comparison.margin);
  return others > 0
    ? { ...found, aside: `${found.aside}; the fastest of ${others + 1} variants beside ${baseline.variant}` }
    : found;
}

interface Told {
  /** Names the variant, where there are several. */
  readonly opening: string;
  readonly act: string;
  readonly from: string;
  readonly to: string;
  readonly change: TimeChange;
  readonly baseline: string;
  readonly subject: string;
  readonly turn: 'round' | 'pair';
}

function turnOf({ repeats }: { readonly repeats: number }): 'round' | 'pair' {
  return repeats === 1 ? 'round' : 'pair';
}

function alone({ kind, baseline, subject }: PageView, act: string): Answer {
  const known = [baseline, subject].filter((each) => each !== null && each.release !== null);
  const [only, other] = known;
  if (only === undefined || only === null || only.release === null)
    return { lead: `No ${kind?.kind ?? ''} deploy of the baseline counts`, aside: 'nothing is compared', tone: null };
  const aside =
    subject === null
      ? `median of ${countOf(only.release.samples, 'deploy')}; ${only.variant} alone was measured, so nothing is compared`
      : other === undefined
        ? `with ${only.variant}; no deploy of ${only === baseline ? subject.variant : (baseline?.variant ?? '')} counts, so nothing is compared`
        : 'no round has a deploy of both that counts, so nothing is compared';
  return { lead: `${act} takes ${formatDuration(only.release.median)}`, aside, tone: null };
}

function clock({ release }: VariantMetrics): string | null {
  return release === null ? null : formatDuration(release.median);
}

function tell(told: Told, margin: { readonly share: number; readonly floorMs: number }): Answer {
  const { opening, act, from, to, change, baseline, subject } = told;
  const { ratioInterval, verdict } = change;
  const both = `${to} with ${subject} and ${from} with ${baseline}`;
  if (ratioInterval === null) {
    const few = `${countOf(change.pairs, told.turn)}, too few to test: it takes six to tell a change from chance`;
    return { lead: `${opening} took ${to} instead of ${from}`, aside: few, tone: null };
  }
  switch (verdict) {
    case 'faster':
      return {
        lead: `${opening} takes ${to} instead of ${from}`,
        aside: timesText(told, ratioInterval, 'faster'),
        tone: 'better',
      };
    case 'slower':
      return {
        lead: `${opening} takes ${to} instead of ${from}`,
        aside: timesText(told, ratioInterval, 'slower'),
        tone: 'worse',
      };
    case 'same': {
      const limits = `any difference is less than ${formatAllowed(margin.share)} or ${formatDuration(margin.floorMs)}`;
      return {
        lead: `${act} takes as long with ${subject} as with ${baseline}: ${to} and ${from}`,
        aside: limits,
        tone: 'same',
      };
    }
    case 'unsure':
      return unsure(told, ratioInterval, both);
  }
}

function unsure({ act, change, turn }: Told, interval: Interval, both: string): Answer {
  const seen = change.detectable === null ? '' : ` (±${formatPercent(change.detectable)})`;
  const smaller = change.detectable === null || Math.abs(Math.log(change.ratio)) < Math.log1p(change.detectable);
  if (holdsNoChange(interval) && smaller) {
    return {
      lead: `No difference that this run could have seen${seen}`,
      aside: `${act.charAt(0).toLowerCase()}${act.slice(1)} takes ${both}`,
      tone: 'unsure',
    };
  }
  const why = holdsNoChange(interval) ? 'which may be chance' : 'which may be too little to count';
  const percents = `${formatPercent(Math.abs(change.ratio - 1))} ${change.ratio < 1 ? 'less' : 'more'} in ${countOf(change.pairs, turn)}, ${why}`;
  return {
    lead: `Unsure: ${act.charAt(0).toLowerCase()}${act.slice(1)} takes ${both}`,
    aside: percents,
    tone: 'unsure',
  };
}

/** `5.8× faster, 95 % interval 5.6–6.1×, faster in 12 of 12 rounds`. */
function timesText({ change, turn }: Told, { low, high }: Interval, word: 'faster' | 'slower'): string {
  const [ratio, from, to] = word === 'faster' ? [1 / change.ratio, 1 / high, 1 / low] : [change.ratio, low, high];
  const decimals = ratio < 2 ? 2 : ratio < 10 ? 1 : 0;
  const count = word === 'faster' ? change.faster : change.slower;
  const bounds = [from, to].map((bound) => bound.toFixed(decimals));
  const interval = bounds[0] === bounds[1] ? `${bounds[0]}×` : `${bounds.join('–')}×`;
  return `${ratio.toFixed(decimals)}× ${word}, 95 % interval ${interval}, ${word} in ${count} of ${countOf(change.pairs, turn)}`;
}
