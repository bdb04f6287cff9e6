import type { MetricUnit } from '../results/metric-name.ts';
import type { FactRange } from '../verdict/fact-change.ts';
import { formatBytes, formatBytesRange, formatCount, formatDuration } from './format.ts';

/** Numbers of gates: values with three digits, limits as they were written, shares with their sign. */
export function formatValue(unit: MetricUnit, value: number): string {
  switch (unit) {
    case 'time':
      return formatDuration(value);
    case 'bytes':
      return formatBytes(value);
    default:
      return formatCount(value);
  }
}

/** `105 MB`, or `103–105 MB` where it varies. */
export function formatRange(unit: MetricUnit, { min, max }: FactRange): string {
  if (unit === 'bytes') return formatBytesRange(min, max);
  return min === max ? formatValue(unit, min) : `${formatValue(unit, min)}–${formatValue(unit, max)}`;
}

const units = {
  time: [
    ['ms', 1],
    ['s', 1000],
    ['min', 60_000],
  ],
  bytes: [
    ['B', 1],
    ['kB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
  ],
} as const;

/** A limit with all of its digits: rounded, one that is just broken would look as if it were kept. */
export function formatLimit(unit: MetricUnit, limit: number): string {
  if (unit === 'count') return String(limit);
  const [name, size] =
    units[unit].findLast(([, each]) => limit >= (each === 60_000 ? 120_000 : each)) ?? units[unit][0];
  return `${exact(limit / size)} ${name}`;
}

/** `+18 %`, `−4.6 %`, `0 %`. */
export function formatIncrease(share: number): string {
  const percent = formatPercent(Math.abs(share));
  if (percent === '0 %') return percent;
  return `${share < 0 ? '−' : '+'}${percent}`;
}

/** A share of any size in percent, never rounded to nothing: `18 %`, `4.6 %`, `0.003 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent >= 9.95) return `${Math.round(percent)} %`;
  if (percent >= 0.095 || percent === 0) return `${Number(percent.toFixed(1))} %`;
  return percent < 0.001 ? '<0.001 %' : `${Number(percent.toPrecision(1))} %`;
}

/** An allowed share with all of its digits: 0.05 is `5 %`. */
export function formatAllowed(share: number): string {
  return `${exact(share * 100)} %`;
}

/** Fifteen digits are what a number holds, and leave out what dividing adds. */
function exact(value: number): string {
  return String(Number(value.toPrecision(15)));
}

/** `1 pair`, `6 pairs`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
