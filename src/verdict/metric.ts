import { median } from '../stats/median.ts';

/** A time over the samples that have one, in milliseconds. */
export interface TimeMetric {
  readonly median: number;
  /** How many samples it is the median of. */
  readonly samples: number;
  /** To the baseline's median: below 1 is less time. Null where the baseline's is missing or 0. */
  readonly ratio: number | null;
}

/** A fact over the samples that have one. It is exact: one that differs between samples says so, and is shown as a range. */
export type FactMetric =
  | { readonly varies: false; readonly value: number; readonly samples: number; readonly ratio: number | null }
  | {
      readonly varies: true;
      readonly median: number;
      readonly min: number;
      readonly max: number;
      readonly samples: number;
      readonly ratio: number | null;
    };

/** The one number that stands for a fact: its value, or the median where it varies. */
export function factValue(fact: FactMetric): number {
  return fact.varies ? fact.median : fact.value;
}

/** Null where no sample has the number. */
export function timeMetric(
  values: readonly (number | null)[],
  baseline: readonly (number | null)[],
): TimeMetric | null {
  const known = present(values);
  if (known.length === 0) return null;
  const middle = median(known);
  return { median: middle, samples: known.length, ratio: ratioOf(middle, medianOrNull(baseline)) };
}

/** Null where no sample has the number. */
export function factMetric(
  values: readonly (number | null)[],
  baseline: readonly (number | null)[],
): FactMetric | null {
  const known = present(values);
  if (known.length === 0) return null;
  const middle = median(known);
  const ratio = ratioOf(middle, medianOrNull(baseline));
  const [min, max] = [Math.min(...known), Math.max(...known)];
  if (min === max) return { varies: false, value: min, samples: known.length, ratio };
  return { varies: true, median: middle, min, max, samples: known.length, ratio };
}

function present(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = present(values);
  return known.length === 0 ? null : median(known);
}

function ratioOf(value: number, baseline: number | null): number | null {
  return baseline === null || baseline === 0 ? null : value / baseline;
}
