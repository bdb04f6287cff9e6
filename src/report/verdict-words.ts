import type { Interval } from '../stats/interval.ts';
import type { FactChange } from '../verdict/fact-change.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatBytes, formatDuration, formatRatio } from './format.ts';
import { countOf } from './gate-numbers.ts';
import { toneMarks, toneOfBytes, toneOfTime } from './verdict-tone.ts';

/** A change as people read it: − is less time, + is more, and `~` stands where none can be told from no change at all. */
export interface ChangeWords {
  /** `−55.0 % [−56.9, −53.1]`, `~ [−4.0, +10.2]`; without an interval `−55.0 %`. */
  readonly change: string;
  /** `12.4 s less`, `~`. */
  readonly difference: string;
  /** `faster in 11 of 12 pairs`, `slower in 4 of 6 pairs`. */
  readonly count: string;
  /** `✔ faster`, `? unsure`. */
  readonly verdict: string;
}

export function describeChange(change: TimeChange): ChangeWords {
  const { ratio, ratioInterval, differenceMs, differenceInterval, verdict } = change;
  return {
    change: shareText(ratio, ratioInterval),
    difference: isIn(0, differenceInterval ?? { low: differenceMs, high: differenceMs })
      ? '~'
      : `${formatDuration(Math.abs(differenceMs))} ${differenceMs > 0 ? 'more' : 'less'}`,
    count: countText(change),
    verdict: `${toneMarks[toneOfTime(change)]} ${verdict}`,
  };
}

function shareText(ratio: number, interval: Interval | null): string {
  if (interval === null) return ratioText(ratio);
  return holdsNoChange(interval) ? `~ ${intervalText(interval)}` : estimateText(ratio, interval);
}

/** The same for a fact that counts bytes: `−80.9 %, exact`, or both ends where it varies by more than the digits that are shown. */
export function describeBytes(change: FactChange): Omit<ChangeWords, 'count'> {
  const { baseline, variant, verdict } = change;
  if (verdict === 'not-reproducible') return { change: '~', difference: '~', verdict: `${toneMarks.unsure} varies` };
  const shares =
    verdict === 'same' ? ['0.0 %'] : [variant.min / baseline.max, variant.max / baseline.min].map(ratioText);
  const gaps = [variant.min - baseline.max, variant.max - baseline.min].map(gapText);
  const isNew = baseline.min === 0 && verdict !== 'same';
  return {
    change: isNew ? 'from nothing' : new Set(shares).size === 1 ? `${shares[0]}, exact` : shares.join(' to '),
    difference: verdict === 'same' ? '' : gaps[0] === gaps[1] ? `${gaps[0]}` : '',
    verdict: `${toneMarks[toneOfBytes(change)]} ${verdict}`,
  };
}

function gapText(bytes: number): string {
  return `${formatBytes(Math.abs(bytes))} ${bytes > 0 ? 'more' : 'less'}`;
}

/** `−55.0 %`; far from the baseline `×20.0`. */
function ratioText(ratio: number): string {
  return isFar(ratio) ? formatRatio(ratio) : `${signedPercent(ratio - 1)} %`;
}

/** `−55.0 % [−56.9, −53.1]`; far from the baseline `×20.0 [×19.8, ×20.2]`. */
export function estimateText(ratio: number, interval: Interval): string {
  const { low, high } = interval;
  const bounds = isFar(ratio) ? `[${formatRatio(low)}, ${formatRatio(high)}]` : intervalText(interval);
  return `${ratioText(ratio)} ${bounds}`;
}

/** A ratio's interval in percent: `[−56.9, −53.1]`. */
export function intervalText({ low, high }: Interval): string {
  return `[${signedPercent(low - 1)}, ${signedPercent(high - 1)}]`;
}

/** −99.98 % and +437,520 % tell nobody how much. */
function isFar(ratio: number): boolean {
  return ratio >= 10 || ratio <= 0.1;
}

/** Whether no change at all is among what the interval holds. */
export function holdsNoChange(interval: Interval): boolean {
  return isIn(1, interval);
}

function isIn(value: number, { low, high }: Interval): boolean {
  return low <= value && value <= high;
}

function countText({ ratio, faster, slower, equal, pairs }: TimeChange): string {
  const [word, count] = ratio < 1 ? ['faster', faster] : ratio > 1 ? ['slower', slower] : ['as long', equal];
  return `${word} in ${count} of ${countOf(pairs, 'pair')}`;
}

/** A share in percent, with its sign and without the unit: `−55.0`, `+10.2`, `+182`; rounded to nothing only if it is nothing. */
export function signedPercent(share: number): string {
  const percent = Math.abs(share) * 100;
  if (percent === 0) return '0.0';
  const sign = share < 0 ? '−' : '+';
  if (percent < 0.05) return `${sign}${percent < 0.001 ? '<0.001' : Number(percent.toPrecision(1))}`;
  return `${sign}${percent.toFixed(percent < 99.95 ? 1 : 0)}`;
}
