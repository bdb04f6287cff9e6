import type { Exchange } from './exchange.ts';
import { type FalseAlarmRates, falseAlarmRates, type GatedPairs } from './false-alarms.ts';
import { confirmingPairs } from './gate-rule.ts';
import { defaultMargin } from './margin.ts';
import type { NoiseFloor } from './noise-floor.ts';

/** A gate as this machine can hold it. */
export interface RecommendedGate {
  readonly metric: string;
  /** A whole per cent, as a share. */
  readonly share: number;
  readonly floorMs: number;
  /** The smallest change that ten pairs see, as a share. */
  readonly detectable: number;
  /** What its share comes from: `least` is the default's, which is enough. */
  readonly because: 'least' | 'floor' | 'noise' | 'false-alarms';
}

export interface Recommendation {
  readonly gates: readonly RecommendedGate[];
  /** With these gates. */
  readonly rates: FalseAlarmRates;
  /** Whether the family rate could be brought down to the wanted one. */
  readonly holds: boolean;
}

/** The most that a family of gates may raise of false alarms. */
export const familyRate = 0.05;
/** No slow-down is worth a gate that only sees more than this. */
const mostPercent = 100;

/** The time that a gate is on, with what is known of its noise and the pairs that it is judged by. */
export interface Gated {
  readonly floor: NoiseFloor;
  readonly pairs: GatedPairs;
}

/**
 * The smallest margins, in whole per cents and from the default's on, that ten pairs see with 80 % power. Where the floor in
 * milliseconds is more than that of the time, the share need not be. Then, where the family would raise more false alarms than one in
 * twenty runs, by whichever rule, all of them one per cent at a time until it does not.
 */
export function recommendGates(gated: readonly Gated[], ways: readonly Exchange[]): Recommendation {
  const own = gated.map(({ floor, pairs }) => marginFor(floor, pairs.metric));
  for (let more = 0; more <= mostPercent; more += 1) {
    const gates = own.map((gate) => widened(gate, more));
    const rates = falseAlarmRates(withMargins(gated, gates), ways);
    const holds = rates.once <= familyRate && rates.confirmed <= familyRate;
    if (holds || more === mostPercent) return { gates, rates, holds };
  }
  throw new RangeError('the last of these margins is returned');
}

function marginFor({ medianMs, detectable }: NoiseFloor, metric: string): RecommendedGate {
  const { share: least, floorMs } = defaultMargin;
  const seen = detectable.find(({ pairs }) => pairs === confirmingPairs)?.share ?? Number.POSITIVE_INFINITY;
  const gate = { metric, floorMs, detectable: seen };
  if (seen <= least) return { ...gate, share: least, because: 'least' };
  if (seen * medianMs <= floorMs) return { ...gate, share: least, because: 'floor' };
  return { ...gate, share: Math.ceil(seen * 100) / 100, because: 'noise' };
}

function widened(gate: RecommendedGate, percent: number): RecommendedGate {
  if (percent === 0) return gate;
  return { ...gate, share: Math.round(gate.share * 100 + percent) / 100, because: 'false-alarms' };
}

function withMargins(gated: readonly Gated[], gates: readonly RecommendedGate[]): GatedPairs[] {
  return gated.flatMap(({ pairs }, index) => {
    const gate = gates[index];
    return gate === undefined ? [] : [{ ...pairs, margin: { share: gate.share, floorMs: gate.floorMs } }];
  });
}
