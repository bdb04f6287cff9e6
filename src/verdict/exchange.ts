import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Pair } from './pairs.ts';

/** For each pair, by its number, whether its halves change places. */
export type Exchange = readonly boolean[];

/**
 * Ways to exchange the halves of pairs. A variant against itself has no right order: had the halves of any pair borne each other's name,
 * the run would have been as likely. All ways there are, where they are not more than `most`; else `most` random ones of this seed.
 */
export function exchanges(pairs: number, most: number, seed: number): readonly Exchange[] {
  if (2 ** pairs <= most) {
    return Array.from({ length: 2 ** pairs }, (_, way) =>
      Array.from({ length: pairs }, (_pair, index) => (way >> index) % 2 === 1),
    );
  }
  const random = xoroshiro128plus(seed);
  return Array.from({ length: most }, () => Array.from({ length: pairs }, () => uniformInt(random, 0, 1) === 1));
}

/** A pair with its halves exchanged. */
export function exchanged(pair: Pair): Pair {
  const { baseline, variant, baselineFirst } = pair;
  return { ...pair, baselineFirst: !baselineFirst, baseline: variant, variant: baseline };
}
