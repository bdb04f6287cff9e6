import type { VariantMetrics } from '../verdict/comparison.ts';
import type { FactMetric, TimeMetric } from '../verdict/metric.ts';
import { type Change, changeOf } from './change.ts';
import { formatDuration } from './format.ts';
import { bytesText } from './metric-table.ts';

/** What the answer is made from: the same number of the baseline and of the last variant. */
export interface Answerable {
  readonly baseline: string;
  /** Null where only one variant was measured. */
  readonly last: string | null;
  readonly imageBytes: Pair<FactMetric>;
  readonly releases: readonly { readonly kind: string; readonly pair: Pair<TimeMetric> }[];
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

/** Is it wait time, or only size? One sentence, on the last variant against the baseline. */
export function answer({ baseline, last, imageBytes, releases }: Answerable): string {
  if (last === null) {
    const clocks = releases.flatMap(({ kind, pair }) =>
      pair.baseline === null ? [] : [`${formatDuration(pair.baseline.median)} (${kind})`],
    );
    const wait = clocks.length === 0 ? 'No deploy of it counts' : `A deploy of it takes ${clocks.join(', ')}`;
    return `Only ${baseline} was measured. ${wait}; what a change is worth shows beside a second variant.`;
  }
  const { baseline: from, last: to } = imageBytes;
  const clocks = releases.flatMap(({ kind, pair }) => {
    const ratio = pair.last?.ratio ?? null;
    if (pair.baseline === null || pair.last === null || ratio === null) return [];
    const text = `${kind} ${formatDuration(pair.last.median)} instead of ${formatDuration(pair.baseline.median)}`;
    return [{ kind, change: changeOf(ratio), text }];
  });
  const sizeRatio = to?.ratio ?? null;
  if (from === null || to === null || sizeRatio === null || clocks.length === 0) {
    return `Wait time, or only size? No answer yet: image size and release clock were not both measured for ${baseline} and ${last}.`;
  }
  const size = changeOf(sizeRatio);
  const wait = overall(clocks.map((clock) => clock.change));
  const joined = (size === 'less') === (wait === 'less') ? 'and' : 'but';
  const numbers = clocks.map((clock) => clock.text).join(', ');
  const sizes =
    size === 'same' ? `${bytesText(to)} against ${bytesText(from)}` : `${bytesText(to)} instead of ${bytesText(from)}`;
  return `${headline(size, wait)}: with ${last} the image is ${sizeWords[size]} (${sizes}), ${joined} ${waitWords(wait, clocks)} (${numbers}).`;
}

type Wait = Change | 'partly';

/** Less only where every deploy kind takes less. */
function overall(changes: readonly Change[]): Wait {
  if (changes.every((change) => change === 'less')) return 'less';
  if (changes.includes('less')) return 'partly';
  return changes.includes('more') ? 'more' : 'same';
}

function headline(size: Change, wait: Wait): string {
  const smaller = size === 'less';
  switch (wait) {
    case 'less':
      return smaller ? 'Wait time too, not only size' : 'Wait time, without size';
    case 'partly':
      return smaller ? 'Size, and wait time in part' : 'Wait time in part, without size';
    case 'same':
    case 'more':
      return smaller ? 'Only size' : 'Neither wait time nor size';
  }
}

const sizeWords: Readonly<Record<Change, string>> = { less: 'smaller', same: 'as large', more: 'larger' };

function waitWords(wait: Wait, clocks: readonly { readonly kind: string; readonly change: Change }[]): string {
  switch (wait) {
    case 'less':
      return 'a deploy takes less time';
    case 'same':
      return 'a deploy takes as long';
    case 'more':
      return 'a deploy takes longer';
    case 'partly':
      return `a deploy takes less time only for ${clocks
        .filter((clock) => clock.change === 'less')
        .map((clock) => clock.kind)
        .join(', ')}`;
  }
}
