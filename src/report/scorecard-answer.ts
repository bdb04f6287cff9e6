import type { VariantMetrics } from '../verdict/comparison.ts';
import type { FactMetric, TimeMetric } from '../verdict/metric.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { type Change, changeOf } from './change.ts';
import { formatDuration } from './format.ts';
import { countOf } from './gate-numbers.ts';
import { bytesText } from './metric-table.ts';

/** What the answer is made from: the same number of the baseline and of the last variant. */
export interface Answerable {
  readonly baseline: string;
  /** Null where only one variant was measured. */
  readonly last: string | null;
  readonly imageBytes: Pair<FactMetric>;
  readonly releases: readonly Release[];
}

interface Release {
  readonly kind: string;
  readonly pair: Pair<TimeMetric>;
  /** Of the last variant from the baseline. */
  readonly change: TimeChange | null;
}

export interface Pair<Metric> {
  readonly baseline: Metric | null;
  readonly last: Metric | null;
}

/** The same metric of the first and the last variant. */
export function pairOf<Metric>(
  variants: readonly VariantMetrics[],
  metric: (variant: VariantMetrics) => Metric | null,
): Pair<Metric> {
  const [baseline, ...others] = variants;
  const last = others.at(-1);
  return {
    baseline: baseline === undefined ? null : metric(baseline),
    last: last === undefined ? null : metric(last),
  };
}

/** Is it wait time, or only size? On the last variant against the baseline, by its verdicts; without any, as it was seen. */
export function answer({ baseline, last, imageBytes, releases }: Answerable): string {
  if (last === null) {
    const clocks = releases.flatMap(({ kind, pair }) =>
      pair.baseline === null ? [] : [`${formatDuration(pair.baseline.median)} (${kind})`],
    );
    const wait = clocks.length === 0 ? 'No deploy of it counts' : `A deploy of it takes ${clocks.join(', ')}`;
    return `Only ${baseline} was measured. ${wait}; what a change is worth shows beside a second variant.`;
  }
  const { baseline: from, last: to } = imageBytes;
  const clocks = releases.flatMap((release) => clockOf(release) ?? []);
  const sizeRatio = to?.ratio ?? null;
  if (from === null || to === null || sizeRatio === null || clocks.length === 0) {
    return `Wait time, or only size? No answer yet: image size and release clock were not both measured for ${baseline} and ${last}.`;
  }
  // What was not tested says nothing beside what was.
  const tested = clocks.filter((clock) => clock.tested);
  const told = tested.length > 0 ? tested : clocks;
  const size = changeOf(sizeRatio);
  const wait = overall(told);
  const joined = (size === 'less') === (wait === 'less') ? 'and' : 'but';
  const sizes =
    size === 'same' ? `${bytesText(to)} against ${bytesText(from)}` : `${bytesText(to)} instead of ${bytesText(from)}`;
  const numbers = told.map((clock) => clock.text).join(', ');
  const isTested = tested.length > 0;
  const time = waitWords(wait, told, isTested ? 'takes' : 'took');
  const findings = `${last} the image is ${sizeWords[size]} (${sizes}), ${joined} ${time} (${numbers})`;
  if (!isTested) return `${notTested(clocks)}: ${lowered(headline(size, wait))}. With ${findings}.`;
  return `${headline(size, wait)}: with ${findings}.${leftOut(clocks)}`;
}

interface Clock {
  readonly kind: string;
  readonly change: Change | 'unsure';
  readonly tested: boolean;
  readonly pairs: number;
  readonly text: string;
}

const changes = { faster: 'less', slower: 'more', same: 'same', unsure: 'unsure' } as const;

/** Null where the two cannot be compared. */
function clockOf({ kind, pair, change }: Release): Clock | null {
  const ratio = pair.last?.ratio ?? null;
  if (pair.baseline === null || pair.last === null || ratio === null) return null;
  const tested = change !== null && change.ratioInterval !== null;
  const found = tested ? changes[change.verdict] : changeOf(change?.ratio ?? ratio);
  const between = found === 'same' || found === 'unsure' ? 'against' : 'instead of';
  const text = `${kind} ${formatDuration(pair.last.median)} ${between} ${formatDuration(pair.baseline.median)}`;
  return { kind, change: found, tested, pairs: change?.pairs ?? 0, text };
}

function notTested(clocks: readonly Clock[]): string {
  const [pairs = 0, ...others] = new Set(clocks.map((clock) => clock.pairs));
  return `${others.length === 0 && pairs > 0 ? `Seen in ${countOf(pairs, 'pair')}` : 'Seen'}, not tested`;
}

function leftOut(clocks: readonly Clock[]): string {
  const kinds = clocks.filter((clock) => !clock.tested).map(({ kind }) => kind);
  return kinds.length === 0 ? '' : ` Not tested: ${kinds.join(', ')}.`;
}

type Wait = Change | 'unsure' | 'partly';

/** Less only where every deploy kind takes less. */
function overall(clocks: readonly Clock[]): Wait {
  const found = clocks.map(({ change }) => change);
  if (found.every((change) => change === 'less')) return 'less';
  if (found.includes('less')) return 'partly';
  if (found.includes('more')) return 'more';
  return found.includes('unsure') ? 'unsure' : 'same';
}

function headline(size: Change, wait: Wait): string {
  const smaller = size === 'less';
  switch (wait) {
    case 'less':
      return smaller ? 'Wait time too, not only size' : 'Wait time, without size';
    case 'partly':
      return smaller ? 'Size, and wait time in part' : 'Wait time in part, without size';
    case 'unsure':
      return smaller ? 'Size, and wait time unsure' : 'Not size, and wait time unsure';
    case 'same':
    case 'more':
      return smaller ? 'Only size' : 'Neither wait time nor size';
  }
}

const sizeWords: Readonly<Record<Change, string>> = { less: 'smaller', same: 'as large', more: 'larger' };

function waitWords(wait: Wait, clocks: readonly Clock[], takes: 'takes' | 'took'): string {
  const kindsWith = (change: Clock['change']): string =>
    clocks
      .filter((clock) => clock.change === change)
      .map((clock) => clock.kind)
      .join(', ');
  switch (wait) {
    case 'less':
      return `a deploy ${takes} less time`;
    case 'same':
      return `a deploy ${takes} as long`;
    case 'more':
      return clocks.every(({ change }) => change === 'more')
        ? `a deploy ${takes} longer`
        : `a deploy ${takes} longer for ${kindsWith('more')}`;
    case 'unsure':
      return `no difference in time could be told for ${kindsWith('unsure')}`;
    case 'partly': {
      const more = kindsWith('more');
      return `a deploy ${takes} less time only for ${kindsWith('less')}${more === '' ? '' : `, and longer for ${more}`}`;
    }
  }
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
