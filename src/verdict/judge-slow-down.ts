import type { TimeName } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { confirm, countedPairs, decidingLook, fewestPairs, type GateDecision, judgeOnce } from './gate-rule.ts';
import { numbersOf } from './gate-samples.ts';
import { type GateBasis, type GateReason, type GateStage, type Judgement, notJudged } from './judgement.ts';
import type { Margin } from './margin.ts';
import { timeOf } from './metric-value.ts';
import { type Pair, type PairOf, pairsOf, withRatio } from './pairs.ts';
import { splitStages, turnsReached } from './stages.ts';
import { timeChange } from './time-change.ts';

interface Question {
  readonly run: RunFolder;
  readonly of: PairOf;
  readonly margin: Margin;
}

/** The pairs of one stage, of which those of a look may be only the first. */
interface Evidence {
  readonly stage: GateStage;
  readonly pairs: readonly Pair[];
  readonly seen: readonly Pair[];
}

/** Judges whether a time of a variant is more above the baseline's than the margin, by the rule of the run: see gate-rule.ts. */
export function judgeSlowDown(run: RunFolder, name: TimeName, of: PairOf, margin: Margin): Judgement {
  const question = { run, of, margin };
  const pairs = pairsOf(run.samples, of, (sample) => timeOf(sample, name));
  const { stopping } = run.record.plan;
  const once: Evidence = { stage: 'once', pairs, seen: countedPairs(pairs) };
  const lacking = [of.baseline, of.variant]
    .map((variant) => numbersOf({ run, variant }, { sort: 'time', kind: of.kind, name }, of.kind))
    .find(({ values }) => values.length === 0);
  if (lacking !== undefined) return notJudged(lacking.ifNone, of.kind, basisOf(question, once));
  return stopping.rule === 'screen-and-confirm'
    ? screenAndConfirm(question, pairs)
    : decided(question, once, judgeOnce(pairs, margin), { sort: 'over' }, { sort: 'within' });
}

function screenAndConfirm(question: Question, all: readonly Pair[]): Judgement {
  const { margin } = question;
  const { screening, confirming } = splitStages(all, question.run.record);
  const look = decidingLook(screening, margin);
  const screened: Evidence = { stage: 'screening', pairs: screening, seen: look.pairs };
  if (look.screening !== 'suspect') {
    const decision = look.screening === 'pass' ? 'pass' : 'inconclusive';
    return decided(question, screened, decision, { sort: 'over' }, { sort: 'within' });
  }
  const fresh: Evidence = { stage: 'confirming', pairs: confirming, seen: countedPairs(confirming) };
  const counts = { suspectedAfter: look.pairs.length, pairs: fresh.seen.length };
  const decision = confirm(confirming, margin);
  return decided(question, fresh, decision, { sort: 'confirmed', ...counts }, { sort: 'not-confirmed', ...counts });
}

/** @param over why, where it regressed; `within`: why, where it passes */
function decided(
  question: Question,
  evidence: Evidence,
  decision: GateDecision,
  over: GateReason,
  within: GateReason,
): Judgement {
  const { stage, seen } = evidence;
  const { kind } = question.of;
  const basis = basisOf(question, evidence);
  if (seen.length < fewestPairs) {
    const withoutRatio = evidence.pairs.length - withRatio(evidence.pairs).length;
    const reason = { sort: 'too-few-pairs' as const, stage, pairs: seen.length, needed: fewestPairs, withoutRatio };
    return notJudged(reason, kind, basis);
  }
  // Those that are missing may be the slow ones.
  if (decision === 'pass' && basis.lost >= basis.used) {
    const reason = { sort: 'too-few-deploys' as const, ok: basis.used, planned: basis.used + basis.lost };
    return notJudged(reason, kind, basis);
  }
  const change = timeChange(seen, question.margin);
  // Without a change there was no time above 0 on either side.
  const judged = { outcome: decision, kind, value: change === null ? 0 : change.ratio - 1, change, basis };
  if (decision === 'regressed') return { ...judged, reason: over };
  if (decision === 'pass') return { ...judged, reason: within };
  const detectable = change?.detectable ?? null;
  return { ...judged, reason: { sort: 'cannot-tell', stage, pairs: seen.length, detectable } };
}

function basisOf({ run, of }: Question, { stage, pairs, seen }: Evidence): GateBasis {
  const variants = [of.baseline, of.variant];
  const isOurs = (each: { readonly kind: string; readonly variant: string }): boolean =>
    each.kind === of.kind && variants.includes(each.variant);
  const reached = turnsReached(run).filter(isOurs);
  const turns = { once: reached, ...splitStages(reached, run.record) }[stage];
  const paired = new Set(countedPairs(pairs).map(turnOf));
  const used = new Set(seen.map(turnOf));
  const doubtful = run.samples.filter(
    (sample) => isOurs(sample) && sample.outcome === 'ok' && sample.tainted.length > 0 && used.has(turnOf(sample)),
  );
  return {
    unit: 'pairs',
    used: used.size,
    lost: new Set(turns.map(turnOf).filter((turn) => !paired.has(turn))).size,
    tainted: new Set(doubtful.map(turnOf)).size,
  };
}

function turnOf({ round, repeat }: { readonly round: number; readonly repeat: number }): string {
  return `${round}.${repeat}`;
}
