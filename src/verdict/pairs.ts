import type { Sample } from '../results/sample.ts';

/** One deploy of the baseline and one of a variant that lay next to each other in time: what all statistics are made of. */
export interface Pair {
  readonly round: number;
  readonly repeat: number;
  /** Which of the two was deployed first. */
  readonly baselineFirst: boolean;
  readonly baseline: number;
  readonly variant: number;
}

export interface PairOf {
  readonly kind: string;
  readonly baseline: string;
  readonly variant: string;
}

/**
 * The pairs of one number, in the order of rounds and repeats: of the last attempt of each, where both are `ok` and both have the number.
 * The first round is a pair like any other.
 */
export function pairsOf(samples: readonly Sample[], of: PairOf, value: (sample: Sample) => number | null): Pair[] {
  const variants = lastAttempts(samples, of.kind, of.variant);
  return [...lastAttempts(samples, of.kind, of.baseline)]
    .flatMap(([turn, baseline]) => {
      const variant = variants.get(turn);
      return variant === undefined ? [] : pairOf(baseline, variant, value);
    })
    .toSorted((one, other) => one.round - other.round || one.repeat - other.repeat);
}

function pairOf(baseline: Sample, variant: Sample, value: (sample: Sample) => number | null): Pair[] {
  if (baseline.outcome !== 'ok' || variant.outcome !== 'ok') return [];
  const [one, other] = [value(baseline), value(variant)];
  if (one === null || other === null) return [];
  const { round, repeat } = baseline;
  return [{ round, repeat, baselineFirst: baseline.order < variant.order, baseline: one, variant: other }];
}

function lastAttempts(samples: readonly Sample[], kind: string, variant: string): Map<string, Sample> {
  const last = new Map<string, Sample>();
  for (const sample of samples) {
    if (sample.kind !== kind || sample.variant !== variant) continue;
    const turn = `${sample.round}.${sample.repeat}`;
    if (sample.attempt >= (last.get(turn)?.attempt ?? 0)) last.set(turn, sample);
  }
  return last;
}

/** The pairs whose ratio says something: of two numbers above 0. Of no downtime at all nothing is a share. */
export function withRatio(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(({ baseline, variant }) => isAboveZero(baseline) && isAboveZero(variant));
}

function isAboveZero(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

/** ln(variant / baseline) of each pair. As a difference of logarithms it changes its sign, and nothing else, with the variants swapped. */
export function logRatios(pairs: readonly Pair[]): number[] {
  return pairs.map(({ baseline, variant }) => Math.log(variant) - Math.log(baseline));
}

/** variant − baseline of each pair. */
export function differences(pairs: readonly Pair[]): number[] {
  return pairs.map(({ baseline, variant }) => variant - baseline);
}
