/** A fact over the samples that have it. `min` and `max` differ where it is not reproducible. */
export interface FactRange {
  readonly min: number;
  readonly max: number;
  readonly samples: number;
}

/**
 * Facts are exact: any change is a change. `less` and `more`: every sample of the variant has less, or more, than every one of the
 * baseline. `not-reproducible`: it varies between samples of one variant, so much that this cannot be said.
 */
export interface FactChange {
  readonly verdict: 'less' | 'more' | 'same' | 'not-reproducible';
  readonly baseline: FactRange;
  readonly variant: FactRange;
}

/** Null where one of the two never has the fact. */
export function factChange(
  baseline: readonly (number | null)[],
  variant: readonly (number | null)[],
): FactChange | null {
  const [one, other] = [rangeOf(baseline), rangeOf(variant)];
  return one === null || other === null ? null : { verdict: verdictOf(one, other), baseline: one, variant: other };
}

function rangeOf(values: readonly (number | null)[]): FactRange | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return { min: Math.min(...known), max: Math.max(...known), samples: known.length };
}

function verdictOf(baseline: FactRange, variant: FactRange): FactChange['verdict'] {
  if (variant.max < baseline.min) return 'less';
  if (variant.min > baseline.max) return 'more';
  const exact = baseline.min === baseline.max && variant.min === variant.max;
  return exact && variant.min === baseline.min ? 'same' : 'not-reproducible';
}
