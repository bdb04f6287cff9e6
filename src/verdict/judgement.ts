import type { FactChange } from './fact-change.ts';
import type { TimeChange } from './time-change.ts';

/** `not-judged`: what it takes is missing, which is never a pass. */
export type GateOutcome = 'pass' | 'regressed' | 'over-budget' | 'inconclusive' | 'not-judged';

/** The part of a run that a gate on a time is decided by: `once`, where a run does not screen and confirm. */
export type GateStage = 'once' | 'screening' | 'confirming';

/** Why a gate has its outcome; numbers beside it are in the judgement. */
export type GateReason =
  /** pass: under the limit, or surely no more above the baseline than it allows. */
  | { readonly sort: 'within' }
  /** over-budget, or regressed: surely more above the baseline than the limit allows, by more than the floor. */
  | { readonly sort: 'over' }
  /** regressed: suspected after so many pairs, and found again in so many fresh ones. */
  | { readonly sort: 'confirmed'; readonly suspectedAfter: number; readonly pairs: number }
  /** pass: suspected after so many pairs, and surely not so in so many fresh ones. */
  | { readonly sort: 'not-confirmed'; readonly suspectedAfter: number; readonly pairs: number }
  /** inconclusive: so many pairs do not tell; they see changes from `detectable` on, a share. */
  | {
      readonly sort: 'cannot-tell';
      readonly stage: GateStage;
      readonly pairs: number;
      readonly detectable: number | null;
    }
  /** inconclusive: the fact varies between samples of one variant, on both sides of the limit. */
  | { readonly sort: 'not-reproducible' }
  /** not-judged. Of the pairs that there are, those with a time of 0 do not count: nothing is a share of it. */
  | {
      readonly sort: 'too-few-pairs';
      readonly stage: GateStage;
      readonly pairs: number;
      readonly needed: number;
      readonly withoutRatio: number;
    }
  /** not-judged: half of the deploys or more have no time, and might have been the slow ones. */
  | { readonly sort: 'too-few-deploys'; readonly ok: number; readonly planned: number }
  /** not-judged: no deploy of the kind was `ok`; `run` is the id of the run that lacks it. */
  | { readonly sort: 'no-sample'; readonly run: string; readonly kind: string | null; readonly variant: string }
  /** not-judged: deploys were `ok`, and none has this number. */
  | { readonly sort: 'no-number'; readonly run: string; readonly kind: string | null; readonly variant: string }
  /** not-judged: there is nothing to compare a single variant with. */
  | { readonly sort: 'no-baseline' }
  /** not-judged: times of another machine; which parts of the fingerprint differ. */
  | { readonly sort: 'other-machine'; readonly differs: readonly string[] }
  /** not-judged: times of the same machine at another time, not taken in turns with these. */
  | { readonly sort: 'not-in-turns' }
  /** not-judged: the run to compare with is of this scenario, which is not the one that was run. */
  | { readonly sort: 'scenario-vanished'; readonly scenario: string };

/** What a judgement was made from: pairs for a time's increase, the variant's deploys for all else. */
export interface GateBasis {
  readonly unit: 'pairs' | 'deploys';
  readonly used: number;
  /** Planned and reached, and without a number: failed, missing, or null. */
  readonly lost: number;
  /** Used, and doubtful: see `tainted` of a sample. */
  readonly tainted: number;
}

/** One limit, one variant. */
export interface Judgement {
  readonly outcome: GateOutcome;
  readonly reason: GateReason;
  /** The kind that decided; null where there was none to judge. */
  readonly kind: string | null;
  /**
   * Budget: median of a time, largest of a fact, in milliseconds, bytes or counts. Increase: the share over the baseline, 0.12 is 12 % more;
   * null also where the baseline is 0.
   */
  readonly value: number | null;
  readonly change: TimeChange | FactChange | null;
  readonly basis: GateBasis;
}

/** A judgement that could not be made. */
export function notJudged(reason: GateReason, kind: string | null, basis: GateBasis): Judgement {
  return { outcome: 'not-judged', reason, kind, value: null, change: null, basis };
}
