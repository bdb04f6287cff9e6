import { parseMetricName, type TimeName } from '../results/metric-name.ts';
import type { GateRecord } from '../results/run-record.ts';
import type { Sample } from '../results/sample.ts';
import { confirmingPairs, fewestPairs, looks, type Screening, screening } from './gate-rule.ts';
import type { Margin } from './margin.ts';
import { timeOf } from './metric-value.ts';
import { pairsOf } from './pairs.ts';

/** A gate that needs pairs: it compares a time with the baseline's. */
interface GatedTime {
  readonly kind: string;
  readonly name: TimeName;
  readonly margin: Margin;
  /** Whether it can fail the run: what is known to jump must not keep the others from being found. */
  readonly counts: boolean;
}

/**
 * How a run screens and confirms. A kind that can be deployed again and again has its pairs inside one round, on nodes that stay; where a
 * first deploy is gated every pair is a round of its own. What is suspected is confirmed on fresh nodes: in the rounds from `confirmFrom`.
 */
export interface ScreeningPlan {
  readonly pairsAre: 'repeats' | 'rounds';
  readonly rounds: number;
  /** How often each kind is deployed in a round. */
  readonly repeats: Readonly<Record<string, number>>;
  readonly confirmFrom: number;
  readonly gated: readonly GatedTime[];
}

const mostPairs = looks.at(-1) ?? 0;

/**
 * @param gates those of the run; budgets, facts and what is off need no pairs
 * @param kinds in the order of a lap
 */
export function planScreening(gates: readonly GateRecord[], kinds: readonly string[]): ScreeningPlan {
  const gated = gates.flatMap(({ metric, maxIncrease, floorMs, level, erratic }): GatedTime[] => {
    const name = parseMetricName(metric, kinds);
    if (name?.sort !== 'time' || maxIncrease === null || level === 'off') return [];
    const margin = { share: maxIncrease, floorMs };
    return [{ kind: name.kind, name: name.name, margin, counts: level === 'error' && !erratic }];
  });
  if (gated.some(({ kind }) => kind === 'first')) {
    const repeats = Object.fromEntries(kinds.map((kind) => [kind, 1]));
    return { pairsAre: 'rounds', rounds: mostPairs + confirmingPairs, repeats, confirmFrom: mostPairs + 1, gated };
  }
  const budgets = gates.flatMap(({ metric, budget, level }) => {
    const name = parseMetricName(metric, kinds);
    return name?.sort === 'time' && name.kind !== 'first' && budget !== null && level !== 'off' ? [name.kind] : [];
  });
  // One deploy alone may be slow by chance: the median that a budget is held against is of as many as the first look has.
  const alone = (kind: string): number => (budgets.includes(kind) ? fewestPairs : 1);
  const repeats = kinds.map((kind) => [kind, gated.some((each) => each.kind === kind) ? mostPairs : alone(kind)]);
  return { pairsAre: 'repeats', rounds: 2, repeats: Object.fromEntries(repeats), confirmFrom: 2, gated };
}

export interface TurnOfPair {
  readonly round: number;
  readonly kind: string;
  readonly repeat: number;
}

export interface Compared {
  readonly baseline: string;
  readonly variant: string;
}

/** Whether a round is needed: for pairs that a gate still wants, or to confirm what is suspected. */
export function screensInRound(
  plan: ScreeningPlan,
  compared: Compared,
  round: number,
  samples: readonly Sample[],
): boolean {
  const confirming = round >= plan.confirmFrom;
  if (round === 1) return true;
  const failed = hasFailed(samples, compared.baseline) || hasFailed(samples, compared.variant);
  if (confirming) return !failed && suspectsOf(plan, compared, samples).length > 0;
  return plan.gated.some(({ kind }) => round <= pairsWanted(plan, compared, kind, samples));
}

/** Whether a turn is needed in a round that has started. */
export function screensInTurn(
  plan: ScreeningPlan,
  compared: Compared,
  turn: TurnOfPair,
  samples: readonly Sample[],
): boolean {
  const { kind, round, repeat } = turn;
  if (round >= plan.confirmFrom) {
    if (kind === 'first') return true;
    const suspected = suspectsOf(plan, compared, samples).map((suspect) => suspect.kind);
    if (suspected.includes(kind)) return repeat <= confirmingPairs;
    // There must be a release to go back to.
    return kind === 'code-edit' && suspected.includes('rollback') && repeat === 1;
  }
  if (plan.pairsAre === 'rounds' || repeat === 1) return true;
  return repeat <= pairsWanted(plan, compared, kind, samples);
}

/** What the screening suspects so far. */
export function suspectsOf(plan: ScreeningPlan, compared: Compared, samples: readonly Sample[]): GatedTime[] {
  return plan.gated.filter((gated) => stateOf(plan, compared, gated, mostPairs, samples) === 'suspect');
}

/**
 * How many pairs of a kind are wanted by what is known: up to the look that is next, or the one that has decided all of its gates or suspects
 * one: then it is to be confirmed, and minutes on the others would not change that. Where the
 * baseline cannot be deployed, the variant's deploys are wanted up to the first look, for its budgets.
 */
function pairsWanted(plan: ScreeningPlan, compared: Compared, kind: string, samples: readonly Sample[]): number {
  const all = plan.gated.filter((each) => each.kind === kind);
  const counting = all.filter(({ counts }) => counts);
  const gated = counting.length > 0 ? counting : all;
  if (hasFailed(samples, compared.variant)) return 0;
  const alone = hasFailed(samples, compared.baseline);
  for (const look of looks) {
    if (alone || !isComplete(plan, compared, kind, look, samples)) return look;
    const states = gated.map((each) => stateOf(plan, compared, each, look, samples));
    if (states.includes('suspect') || !states.includes('open')) return look;
  }
  return mostPairs;
}

function stateOf(
  plan: ScreeningPlan,
  { baseline, variant }: Compared,
  { kind, name, margin }: GatedTime,
  look: number,
  samples: readonly Sample[],
): Screening {
  const seen = samples.filter((sample) => sample.round < plan.confirmFrom && pairIndex(plan, sample) <= look);
  return screening(
    pairsOf(seen, { kind, baseline, variant }, (sample) => timeOf(sample, name)),
    margin,
  );
}

function pairIndex({ pairsAre }: ScreeningPlan, { round, repeat }: TurnOfPair): number {
  return pairsAre === 'rounds' ? round : repeat;
}

/** Whether both halves of that pair have been measured. */
function isComplete(
  plan: ScreeningPlan,
  { baseline, variant }: Compared,
  kind: string,
  index: number,
  samples: readonly Sample[],
): boolean {
  const own = samples.filter(
    (sample) => sample.kind === kind && sample.round < plan.confirmFrom && pairIndex(plan, sample) === index,
  );
  return [baseline, variant].every((name) => own.some((sample) => sample.variant === name));
}

/** A deploy that failed ends its variant's lap; a wrong state is measured again first. */
function hasFailed(samples: readonly Sample[], variant: string): boolean {
  const last = samples.findLast((sample) => sample.variant === variant);
  return last !== undefined && last.outcome !== 'ok' && last.outcome !== 'wrong-state';
}
