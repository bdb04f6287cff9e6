import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** One deploy of the run. */
export interface Turn {
  readonly round: number;
  readonly kind: string;
  readonly variant: string;
}

/**
 * The turns of a run, in order. Within a round the variants take turns kind by kind, so that the two halves of a pair lie next to
 * each other in time. Their order is random, and every second round has the reverse of the one before: each variant goes first as
 * often as last, which a linear drift then cannot favour.
 */
export function planTurns<Kind extends string>(
  rounds: number,
  kinds: readonly Kind[],
  variants: readonly string[],
  seed: number,
): (Turn & { readonly kind: Kind })[] {
  const random = xoroshiro128plus(seed);
  const turns: (Turn & { readonly kind: Kind })[] = [];
  let previous = new Map<Kind, readonly string[]>();
  for (let round = 1; round <= rounds; round += 1) {
    const orders = new Map<Kind, readonly string[]>();
    for (const kind of kinds) {
      const before = previous.get(kind);
      const order =
        before === undefined ? shuffle(variants, (most) => uniformInt(random, 0, most)) : before.toReversed();
      orders.set(kind, order);
      turns.push(...order.map((variant) => ({ round, kind, variant })));
    }
    previous = round % 2 === 1 ? orders : new Map();
  }
  return turns;
}

/** Fisher and Yates's shuffle: every order is equally likely. `draw(most)` gives an integer from 0 to `most`. */
function shuffle(items: readonly string[], draw: (most: number) => number): string[] {
  const shuffled: string[] = [];
  for (const item of items) {
    const at = draw(shuffled.length);
    shuffled.splice(at, 0, item);
  }
  return shuffled;
}
