import { isBytes, type TimeName, timeNames } from '../results/metric-name.ts';
import { type FactName, factNames } from '../results/sample.ts';
import type { Comparison } from '../verdict/comparison.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatRange } from './gate-numbers.ts';
import { timesOf } from './verdict-notes.ts';
import { timeLabels } from './verdict-table.ts';
import { estimateText } from './verdict-words.ts';

/** What makes verdicts doubtful, and bites in this run: one deploy that feeds the next, a drift, builds that are not reproducible. */
export function verdictWarnings(comparison: Comparison): string[] {
  return [
    ...effects(comparison, 'orderEffect').map(
      ({ where, found, outOf }) =>
        `Warning: carry-over suspected in ${where}: going first changes its time beside the baseline's by ${found}. One deploy may feed the next${outOf}.`,
    ),
    ...effects(comparison, 'drift').map(
      ({ where, found, outOf }) =>
        `Warning: drift in ${where}: from each pair to the next its time beside the baseline's changes by ${found}. Early and late pairs do not say the same${outOf}.`,
    ),
    ...notReproducible(comparison),
  ];
}

interface Effect {
  readonly where: string;
  readonly found: string;
  /** By chance alone one interval in twenty bites, so it is said out of how many. */
  readonly outOf: string;
}

/** Where the interval does not hold 1, one for each kind and variant. */
function effects({ kinds }: Comparison, of: 'orderEffect' | 'drift'): Effect[] {
  const looked = kinds.flatMap(timesOf).filter((change) => (change[of]?.interval ?? null) !== null).length;
  const outOf = looked > 1 ? `, or it is chance, which shows in 1 of 20; ${looked} were looked at` : '';
  return kinds.flatMap(({ kind, variants }) =>
    variants.flatMap(({ variant, changes }): Effect[] => {
      const found = timeNames.flatMap((name) => biting(name, changes?.times[name]?.[of] ?? null));
      return found.length === 0 ? [] : [{ where: `${kind} of ${variant}`, found: found.join(', '), outOf }];
    }),
  );
}

function biting(name: TimeName, effect: TimeChange['orderEffect']): string[] {
  const interval = effect?.interval ?? null;
  if (effect === null || interval === null || (interval.low <= 1 && interval.high >= 1)) return [];
  return [`${estimateText(effect.ratio, interval)} (${timeLabels[name]})`];
}

/** Below this share a fact varies as time stamps and edits make it. */
const smallShare = 0.001;

interface Varying {
  readonly name: FactName;
  readonly variant: string;
  readonly kind: string;
  readonly min: number;
  readonly max: number;
}

/** Facts that differ between deploys of one variant and kind, each once: in the kind where it varies the most. */
function notReproducible({ kinds }: Comparison): string[] {
  const all = kinds.flatMap(({ kind, variants }) =>
    variants.flatMap(({ variant, facts }) =>
      factNames.flatMap((name): Varying[] => {
        const fact = facts[name];
        if (fact === null || !fact.varies) return [];
        return [{ name, variant, kind, min: fact.min, max: fact.max }];
      }),
    ),
  );
  const most = all.filter((each) => each === all.filter((other) => isSameFact(each, other)).reduce(widest));
  const [large, small] = [true, false].map((isLarge) =>
    most.filter((each) => spreadOf(each) >= smallShare === isLarge),
  );
  return [...largeNote(large ?? []), ...smallNote(small ?? [])];
}

function isSameFact(one: Varying, other: Varying): boolean {
  return one.name === other.name && one.variant === other.variant;
}

function widest(one: Varying, other: Varying): Varying {
  return spreadOf(other) > spreadOf(one) ? other : one;
}

/** As a share of the largest. */
function spreadOf({ min, max }: Varying): number {
  return (max - min) / max;
}

function largeNote(facts: readonly Varying[]): string[] {
  const [first, ...others] = facts;
  if (first === undefined) return [];
  if (others.length === 0)
    return [`Warning: ${first.name} of ${first.variant} is not reproducible: ${rangeText(first)} in ${first.kind}.`];
  const texts = facts.map((fact) => `${fact.name} of ${fact.variant} (${rangeText(fact)} in ${fact.kind})`);
  return [`Warning: not reproducible, as they vary between deploys of one kind: ${texts.join(', ')}.`];
}

function smallNote(facts: readonly Varying[]): string[] {
  if (facts.length === 0) return [];
  const names = [...new Set(facts.map(({ name }) => name))];
  const texts = names.map((name) => {
    const variants = facts.filter((fact) => fact.name === name).map(({ variant }) => variant);
    return `${name} (${variants.join(', ')})`;
  });
  return [
    `These vary by less than 0.1 % between deploys of one kind, as time stamps and edits do: ${texts.join(', ')}.`,
  ];
}

function rangeText({ name, min, max }: Varying): string {
  return formatRange(isBytes(name) ? 'bytes' : 'count', { min, max, samples: 0 });
}
