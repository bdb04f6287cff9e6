import type { MetricUnit } from '../results/metric-name.ts';
import type { GateReason, GateResult, GateStage } from '../verdict/gate.ts';
import { countOf, formatPercent, formatValue } from './gate-numbers.ts';

/** Why a gate passes or does not, and what would help where it could not be told. */
export function gateConclusion(result: GateResult, unit: MetricUnit): string {
  const { reason, rule, value, limit } = result;
  switch (reason.sort) {
    case 'within':
      return 'pass';
    case 'over':
      return rule === 'budget' && value !== null ? `over by ${formatValue(unit, value - limit)}` : 'regressed';
    case 'confirmed':
      return `regressed, suspected after ${countOf(reason.suspectedAfter, 'pair')} and found again in ${reason.pairs} fresh ones`;
    case 'not-confirmed':
      return `pass, suspected after ${countOf(reason.suspectedAfter, 'pair')} and not so in ${reason.pairs} fresh ones`;
    case 'cannot-tell':
      return cannotTell(reason, result);
    case 'not-reproducible':
      return 'cannot tell, as it varies between deploys of one variant: the build is not reproducible';
    default:
      return `not judged: ${notJudged(reason, result)}`;
  }
}

type CannotTell = Extract<GateReason, { sort: 'cannot-tell' }>;

function cannotTell({ stage, pairs, detectable }: CannotTell, { change, limit }: GateResult): string {
  const smallest = detectable === null ? '' : ` below ±${formatPercent(detectable)}`;
  // A suspect is confirmed with a fixed number of pairs: more are not to be had.
  if (stage === 'confirming') return `suspected, and ${countOf(pairs, 'fresh pair')} cannot tell${smallest}`;
  const looks = change !== null && 'pairs' in change ? change.wouldSee : [];
  const next = looks.find((look) => look.detectable <= limit) ?? looks.at(-1);
  const help = next === undefined ? '' : `; ${next.pairs} pairs would see ±${formatPercent(next.detectable)}`;
  return `cannot tell${smallest}${help}`;
}

type NotJudged = Exclude<
  GateReason,
  { sort: 'within' | 'over' | 'confirmed' | 'not-confirmed' | 'cannot-tell' | 'not-reproducible' }
>;

const inTurns = 'deployclock ci --base REF measures both in turns';

function notJudged(reason: NotJudged, result: GateResult): string {
  switch (reason.sort) {
    case 'too-few-pairs':
      return tooFewPairs(reason, result);
    case 'too-few-deploys':
      return `only ${result.basis.used} of ${countOf(result.basis.used + result.basis.lost, 'deploy')} have the number, and the others may be the slow ones`;
    case 'no-sample':
      return `run ${reason.run} has no ${kindText(reason.kind)}deploy of ${reason.variant} that counts`;
    case 'no-number':
      return `no ${kindText(reason.kind)}deploy of ${reason.variant} in run ${reason.run} has this number`;
    case 'no-baseline':
      return 'the run has one variant and nothing to compare it with; run two, or name another run with --against';
    case 'other-machine':
      return `times of another machine (${reason.differs.join(', ')}) are no measure for these; ${inTurns}`;
    case 'not-in-turns':
      return `the two runs were not measured in turns, and such times differ without any change; ${inTurns}`;
    case 'scenario-vanished':
      return `scenario ${reason.scenario}, which this is judged against, is not the one that was run`;
  }
}

type TooFewPairs = Extract<GateReason, { sort: 'too-few-pairs' }>;

const stageWords: Readonly<Record<GateStage, string>> = { once: '', screening: '', confirming: 'fresh ' };

function tooFewPairs({ stage, pairs, needed, withoutRatio }: TooFewPairs, { basis, kind }: GateResult): string {
  const zero = withoutRatio === 0 ? '' : `, besides ${withoutRatio} with a time of 0`;
  const found = `${countOf(pairs, `${stageWords[stage]}pair`)}${zero}, and it takes ${needed}`;
  if (basis.lost > 0) return `${found}; ${basis.lost} ${basis.lost === 1 ? 'is' : 'are'} missing`;
  if (stage !== 'once') return found;
  const repeats = kind === null || kind === 'first' ? '' : `, or --repeat ${kind}=${needed}`;
  return `${found}; run it with --rounds ${needed}${repeats}`;
}

function kindText(kind: string | null): string {
  return kind === null ? '' : `${kind} `;
}
