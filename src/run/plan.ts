import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** One deploy of the run. */
export interface Turn<Kind extends string = string> {
  readonly round: number;
  readonly kind: Kind;
  /** Which of the kind's deploys in this round, from 1. */
  readonly repeat: number;
  readonly variant: string;
}

/** Tag of the release that a turn brings; new for every attempt. */
export function tagOf({ round, kind, repeat }: Turn, attempt: number): string {
  return `r${round}-${kind}-${repeat}${attempt === 1 ? '' : `-${attempt}`}`;
}

export interface PlanInput<Kind extends string> {
  readonly rounds: number;
  /** In the order of a lap. */
  readonly kinds: readonly Kind[];
  readonly variants: readonly string[];
  /** How often a kind is deployed in each round; once where it is not named. */
  readonly repeats?: Readonly<Partial<Record<Kind, number>>>;
  readonly seed: number;
}

/**
 * The turns of a run, in order. Within a round the variants take turns deploy by deploy, so that the two halves of a pair lie next to
 * each other in time. A kind's first order is random, and every second one is the reverse of the one before, over repeats and rounds:
 * each variant goes first as often as last, which a linear drift then cannot favour.
 */
export function planTurns<Kind extends string>(input: PlanInput<Kind>): Turn<Kind>[] {
  const { rounds, kinds, variants, repeats = {}, seed } = input;
  const random = xoroshiro128plus(seed);
  const turns: Turn<Kind>[] = [];
  const unpaired = new Map<Kind, readonly string[]>();
  const nextOrder = (kind: Kind): readonly string[] => {
    const before = unpaired.get(kind);
    if (before !== undefined) {
      unpaired.delete(kind);
      return before.toReversed();
    }
    const order = shuffle(variants, (most) => uniformInt(random, 0, most));
    unpaired.set(kind, order);
    return order;
  };
  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of kinds) {
      const times = (repeats as Partial<Record<Kind, number>>)[kind] ?? 1;
      for (let repeat = 1; repeat <= times; repeat += 1) {
        turns.push(...nextOrder(kind).map((variant) => ({ round, kind, repeat, variant })));
      }
    }
  }
  return turns;
}

/**
 * The same turns with each round's laps one after another, in the order of their first deploys: where variants share a server, what one
 * brings there would make the next one's first pull look cheap.
 */
export function lapAfterLap<Kind extends string>(turns: readonly Turn<Kind>[]): Turn<Kind>[] {
  const rounds = [...new Set(turns.map(({ round }) => round))];
  return rounds.flatMap((round) => {
    const own = turns.filter((turn) => turn.round === round);
    const variants = [...new Set(own.map(({ variant }) => variant))];
    return variants.flatMap((variant) => own.filter((turn) => turn.variant === variant));
  });
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
