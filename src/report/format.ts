/** Numbers as people read them: three significant digits, decimal units, the same in every locale. Missing is `–`. */

export const missing = '–';

interface Unit {
  readonly name: string;
  readonly size: number;
  /** The smallest number that is shown in this unit. */
  readonly from: number;
}

/** Minutes begin at two, so that 59 s and 116 s can be read against each other. */
const timeUnits = [
  { name: 'ms', size: 1, from: 0 },
  { name: 's', size: 1000, from: 1000 },
  { name: 'min', size: 60_000, from: 120_000 },
] as const;

/** As registries and links count: 1 kB is 1,000 bytes. */
const byteUnits = [
  { name: 'B', size: 1, from: 0 },
  { name: 'kB', size: 1e3, from: 1e3 },
  { name: 'MB', size: 1e6, from: 1e6 },
  { name: 'GB', size: 1e9, from: 1e9 },
] as const;

/** Milliseconds: `940 ms`, `18.9 s`, `116 s`, `2.35 min`. */
export function formatDuration(ms: number): string {
  return inUnit(ms, timeUnits).join(' ');
}

/** Bytes: `512 B`, `214 MB`, `1.12 GB`. */
export function formatBytes(bytes: number): string {
  return inUnit(bytes, byteUnits).join(' ');
}

/** A range of bytes, the unit said once where it is the same: `103–105 MB`. */
export function formatBytesRange(min: number, max: number): string {
  const [low, lowUnit] = inUnit(min, byteUnits);
  const [high, highUnit] = inUnit(max, byteUnits);
  if (lowUnit !== highUnit) return `${low} ${lowUnit}–${high} ${highUnit}`;
  return low === high ? `${low} ${lowUnit}` : `${low}–${high} ${highUnit}`;
}

/** A count, which is a whole number unless it is a median: `7`, `6.5`. */
export function formatCount(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}

/** A ratio to the baseline's number: `×0.31`. Below ×1 is less. */
export function formatRatio(ratio: number): string {
  if (ratio > 0 && ratio < 0.001) return '×<0.001';
  if (ratio >= 1000) return '×>999';
  if (ratio !== 0 && ratio < 0.0995) return `×${Number(ratio.toPrecision(2))}`;
  return `×${ratio.toFixed(ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0)}`;
}

/** A part of a whole in percent: `71 %`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** The smallest unit whose rounded number does not reach the next one: 999.6 ms are 1.00 s, not 1000 ms. */
function inUnit(value: number, units: readonly [Unit, ...Unit[]]): [number: string, unit: string] {
  const magnitude = Math.abs(value);
  const fits = (unit: Unit, index: number): boolean => {
    const next = units[index + 1];
    return next === undefined || roundedToThree(magnitude / unit.size) * unit.size < next.from;
  };
  const unit = units.find(fits) ?? units[0];
  return [`${value < 0 ? '−' : ''}${threeDigits(magnitude / unit.size, unit === units[0])}`, unit.name];
}

function roundedToThree(value: number): number {
  return Number(value.toPrecision(3));
}

/** In the smallest unit, a whole number stays whole and nothing is finer than two decimals. */
function threeDigits(value: number, smallestUnit: boolean): string {
  const rounded = roundedToThree(value);
  if (smallestUnit && Number.isInteger(value)) return String(rounded);
  return rounded.toFixed(rounded >= 100 ? 0 : rounded >= 10 ? 1 : 2);
}
