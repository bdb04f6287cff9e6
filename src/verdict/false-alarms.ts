import { type Exchange, exchanged } from './exchange.ts';
import { confirm, confirmingPairs, judgeOnce, looks, type Screening, screen } from './gate-rule.ts';
import type { Margin } from './margin.ts';
import type { Pair } from './pairs.ts';

/** A gate on one time, with the pairs that judge it: one for each pair of the family, null where it has no number. */
export interface GatedPairs {
  readonly metric: string;
  readonly margin: Margin;
  readonly pairs: readonly (Pair | null)[];
}

/** What a rule makes of pairs between which nothing differs. */
export interface Alarms {
  /** Gates that one look at all pairs calls regressed. */
  readonly once: readonly string[];
  /** Gates that a look of the screening suspects. */
  readonly suspected: readonly string[];
  /** Those of them that the ten pairs after that look confirm. */
  readonly confirmed: readonly string[];
}

/** How often the gates, taken together, raise at least one false alarm: shares of all exchanges. */
export interface FalseAlarmRates {
  readonly exchanges: number;
  readonly once: number;
  readonly suspected: number;
  readonly confirmed: number;
}

/** The looks that leave enough fresh pairs to confirm a suspect with. */
export function screeningLooks(pairs: number): readonly number[] {
  return looks.filter((look) => look + confirmingPairs <= pairs);
}

/** The alarms of a family of gates, its pairs as they are, or with the halves of some exchanged. */
export function alarmsOf(gates: readonly GatedPairs[], exchange: Exchange): Alarms {
  const judged = gates.map(({ metric, margin, pairs }) => ({ metric, ...judge(exchange, pairs, margin) }));
  const where = (isSo: (each: (typeof judged)[number]) => boolean): string[] =>
    judged.filter(isSo).map(({ metric }) => metric);
  return {
    once: where(({ once }) => once),
    suspected: where(({ suspected }) => suspected),
    confirmed: where(({ confirmed }) => confirmed),
  };
}

export function falseAlarmRates(gates: readonly GatedPairs[], ways: readonly Exchange[]): FalseAlarmRates {
  const counts = { once: 0, suspected: 0, confirmed: 0 };
  for (const way of ways) {
    const alarms = alarmsOf(gates, way);
    if (alarms.once.length > 0) counts.once += 1;
    if (alarms.suspected.length > 0) counts.suspected += 1;
    if (alarms.confirmed.length > 0) counts.confirmed += 1;
  }
  const share = (count: number): number => (ways.length === 0 ? 0 : count / ways.length);
  return {
    exchanges: ways.length,
    once: share(counts.once),
    suspected: share(counts.suspected),
    confirmed: share(counts.confirmed),
  };
}

function judge(exchange: Exchange, pairs: readonly (Pair | null)[], margin: Margin): Record<keyof Alarms, boolean> {
  const turned = pairs.flatMap((pair, index) => {
    if (pair === null) return [];
    return exchange[index] === true ? [exchanged(pair)] : [pair];
  });
  const suspectedAt = screeningLooks(turned.length).find((look, index, all) => {
    const before = all.slice(0, index).every((earlier) => looked(turned, earlier, margin) === 'open');
    return before && looked(turned, look, margin) === 'suspect';
  });
  return {
    once: judgeOnce(turned, margin) === 'regressed',
    suspected: suspectedAt !== undefined,
    confirmed:
      suspectedAt !== undefined &&
      confirm(turned.slice(suspectedAt, suspectedAt + confirmingPairs), margin) === 'regressed',
  };
}

function looked(pairs: readonly Pair[], look: number, margin: Margin): Screening {
  return screen(pairs.slice(0, look), margin);
}
