import { DeployclockError } from '../errors.ts';
import type { MetricName } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { GateRecord } from '../results/run-record.ts';
import { metricOfGate } from './gate-metric.ts';
import { kindsOf, type VariantOfRun } from './gate-samples.ts';
import { judgeBudget } from './judge-budget.ts';
import { judgeIncrease } from './judge-increase.ts';
import { type GateOutcome, type Judgement, notJudged } from './judgement.ts';

export type { GateReason, GateStage } from './judgement.ts';

/** A gate's judgement on one variant by one of its limits. */
export interface GateResult extends Judgement {
  readonly gate: GateRecord;
  readonly variant: string;
  readonly rule: 'budget' | 'increase';
  /** What an increase is over: a variant of this run, or of the other one, by the run's id. Null for a budget, and where there is none. */
  readonly baseline: { readonly run: string; readonly variant: string } | null;
  /** Counted as the value is. */
  readonly limit: number;
  /** Whether it fails the run: level `error`, not erratic, and regressed, over-budget or not-judged. */
  readonly fails: boolean;
}

export interface GateReport {
  /** In the order of the gates; a gate's budget before its increase; then in the order of the variants. */
  readonly results: readonly GateResult[];
  readonly outcome: 'pass' | 'failed' | 'inconclusive' | 'not-judged';
}

/**
 * Judges a run by gates. Budgets hold for every variant but the baseline, or for the only one; increases for every other variant over the
 * baseline. With a run to judge against, increases hold for every variant, over the one of the same name there, or else over its baseline.
 * Gates with level `off` are left out.
 * @throws DeployclockError GATE_INVALID where there is no gate, or one has no limit or matches no metric of this run
 */
export function judgeGates(run: RunFolder, gates: readonly GateRecord[], against: RunFolder | null): GateReport {
  const judged = gates.filter(({ level }) => level !== 'off');
  if (judged.length === 0) {
    const why = gates.length === 0 ? 'there is none' : 'all of them are off';
    throw new DeployclockError('GATE_INVALID', `Run ${run.record.id} has no gate to be judged by: ${why}.`, {
      hint: 'gates: in scenario.yaml, or --budget or --max-slowdown',
    });
  }
  const results = judged.flatMap((gate) => judgeGate(run, gate, against));
  return { results, outcome: outcomeOf(results) };
}

function judgeGate(run: RunFolder, gate: GateRecord, against: RunFolder | null): GateResult[] {
  const metric = metricOfGate(gate, run.record);
  const { budget, maxIncrease, floorMs } = gate;
  const budgets = othersOf(run).flatMap((variant): GateResult[] => {
    if (budget === null) return [];
    const own = { run, variant };
    const judgement = worstOf(kindsOf(run, metric), own, (kind) => judgeBudget(own, metric, kind, budget));
    return [resultOf({ gate, variant, rule: 'budget', baseline: null, limit: budget }, judgement)];
  });
  const variants = against === null ? othersOf(run) : namesOf(run);
  const increases = variants.flatMap((variant): GateResult[] => {
    if (maxIncrease === null) return [];
    const own = { run, variant };
    const over = baselineOf(own, against);
    const margin = { share: maxIncrease, floorMs };
    const judgement = worstOf(sharedKinds(run, against, metric), own, (kind) =>
      judgeIncrease(own, over, metric, kind, margin),
    );
    const baseline = over === null ? null : { run: over.run.record.id, variant: over.variant };
    return [resultOf({ gate, variant, rule: 'increase', baseline, limit: maxIncrease }, judgement)];
  });
  return [...budgets, ...increases];
}

function resultOf(
  question: Pick<GateResult, 'gate' | 'variant' | 'rule' | 'baseline' | 'limit'>,
  judgement: Judgement,
): GateResult {
  const counts = question.gate.level === 'error' && !question.gate.erratic;
  return { ...question, ...judgement, fails: counts && failing.has(judgement.outcome) };
}

const failing: ReadonlySet<GateOutcome> = new Set(['regressed', 'over-budget', 'not-judged']);

function namesOf({ record }: RunFolder): string[] {
  return record.scenario.variants.map(({ name }) => name);
}

function othersOf(run: RunFolder): string[] {
  const names = namesOf(run);
  return names.length === 1 ? names : names.filter((name) => name !== run.record.scenario.baseline);
}

function baselineOf({ run, variant }: VariantOfRun, against: RunFolder | null): VariantOfRun | null {
  const { baseline } = (against ?? run).record.scenario;
  if (against === null) return baseline === variant ? null : { run, variant: baseline };
  return { run: against, variant: namesOf(against).includes(variant) ? variant : baseline };
}

/** An image's fact is compared in the kinds that built one in both runs, as far as there are any. */
function sharedKinds(run: RunFolder, against: RunFolder | null, metric: MetricName): string[] {
  const kinds = kindsOf(run, metric);
  if (against === null || metric.kind !== null) return kinds;
  const shared = kindsOf(against, metric).filter((kind) => kinds.includes(kind));
  return shared.length > 0 ? shared : kinds;
}

const severity = { pass: 0, inconclusive: 1, 'not-judged': 2, regressed: 3, 'over-budget': 3 } as const;

/** A gate holds where it does in every kind: the judgement is the worst one, of several such the largest. */
function worstOf(kinds: readonly string[], own: VariantOfRun, judge: (kind: string) => Judgement): Judgement {
  const [first, ...others] = kinds.map((kind) => judge(kind));
  if (first === undefined) return withoutKind(own);
  return others.reduce((worst, other) => (isWorse(other, worst) ? other : worst), first);
}

function isWorse(one: Judgement, other: Judgement): boolean {
  const difference = severity[one.outcome] - severity[other.outcome];
  return difference > 0 || (difference === 0 && (one.value ?? 0) > (other.value ?? 0));
}

/** No deploy of the run built an image. */
function withoutKind({ run, variant }: VariantOfRun): Judgement {
  const deployed = run.samples.some((sample) => sample.variant === variant && sample.outcome === 'ok');
  const reason = { sort: deployed ? 'no-number' : 'no-sample', run: run.record.id, kind: null, variant } as const;
  return notJudged(reason, null, { unit: 'deploys', used: 0, lost: 0, tainted: 0 });
}

function outcomeOf(results: readonly GateResult[]): GateReport['outcome'] {
  const failed = results.filter(({ fails }) => fails).map(({ outcome }) => outcome);
  if (failed.some((outcome) => outcome !== 'not-judged')) return 'failed';
  if (failed.length > 0) return 'not-judged';
  const counted = results.filter(({ gate }) => gate.level === 'error' && !gate.erratic);
  return counted.some(({ outcome }) => outcome === 'inconclusive') ? 'inconclusive' : 'pass';
}
