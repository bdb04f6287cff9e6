import type { Comparison, KindComparison } from '../verdict/comparison.ts';
import { countOf } from './gate-numbers.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What so many pairs of a kind more cost: `3 rounds and about 14 min more`, with repeats `3 rounds of 5 repeats and about 14 min more`. */
export function costOfPairs(more: number, { repeats }: KindComparison, { roundMs }: Comparison): string {
  const rounds = Math.ceil(more / Math.max(1, repeats));
  const each = repeats > 1 ? ` of ${repeats} repeats` : '';
  const time = roundMs === null ? '' : ` and about ${roughly(rounds * roundMs)}`;
  return `${countOf(rounds, 'round')}${each}${time} more`;
}

/** A guess needs no third digit. */
function roughly(ms: number): string {
  if (ms < 2 * minuteMs) return `${Math.max(1, Math.round(ms / 1000))} s`;
  if (ms < 2 * hourMs) return `${Math.round(ms / minuteMs)} min`;
  return `${(ms / hourMs).toFixed(1)} h`;
}
