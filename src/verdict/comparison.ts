import type { RunFolder } from '../results/run-folder.ts';
import { type Outcome, outcomes, type Sample } from '../results/sample.ts';
import { type Changes, changesOf } from './changes.ts';
import { defaultMargin, type Margin } from './margin.ts';
import { type Metrics, measure } from './metrics.ts';
import { roundTime } from './round-time.ts';
import { turnsReached } from './stages.ts';

/**
 * A run's samples side by side: their medians and the ratios of those to the baseline's, which describe these samples; and the changes from
 * pair to pair, with intervals and verdicts, which say what would come again.
 */
export interface Comparison {
  readonly baseline: string;
  /** The baseline first, the others in the scenario's order. */
  readonly variants: readonly string[];
  /** Rounds that were planned, and rounds that have at least one sample. */
  readonly rounds: { readonly planned: number; readonly measured: number };
  /** What the verdicts on times go by. */
  readonly margin: Margin;
  /** What one more round costs, in wall time: see `roundTime`. Null where no round can be timed. */
  readonly roundMs: number | null;
  /** In the order of a lap. */
  readonly kinds: readonly KindComparison[];
  /** Every sample whose outcome is not `ok`, in order. */
  readonly failures: readonly Failure[];
  readonly warnings: readonly Warning[];
}

/** One deploy kind: its variants in the order of `Comparison.variants`. */
export interface KindComparison {
  readonly kind: string;
  /** How often the kind is deployed in a round: the pairs that one round brings. */
  readonly repeats: number;
  readonly variants: readonly VariantMetrics[];
}

/** One variant's deploys of one kind. Only samples with outcome `ok` are in the numbers. */
export interface VariantMetrics extends Metrics {
  readonly variant: string;
  readonly deploys: DeployCounts;
  /** From the baseline; null for the baseline itself. */
  readonly changes: Changes | null;
}

interface DeployCounts {
  /** Without the turns that a run saves itself, because it knows enough before. */
  readonly planned: number;
  readonly ok: number;
  /** Attempts beyond the first, after a wrong state. */
  readonly repeated: number;
  /** Counted, and doubtful: see `tainted` of a sample. */
  readonly tainted: number;
  /** Without the outcomes that did not occur. */
  readonly notOk: readonly { readonly outcome: Outcome; readonly count: number }[];
  /** Planned, and without a sample: the lap ended before, or the run did. */
  readonly missing: number;
}

export interface Failure {
  readonly variant: string;
  readonly kind: string;
  readonly round: number;
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly message: string;
  readonly excerpt: string | null;
}

/** `deploys` counts the samples that bear this warning; null where it is about the folder. */
interface Warning {
  readonly text: string;
  readonly deploys: number | null;
}

/** Compares the variants of a run. The same folder and margin give the same comparison. */
export function compareRun(folder: RunFolder, margin: Margin = defaultMargin): Comparison {
  const { record, samples } = folder;
  const { baseline } = record.scenario;
  const others = record.scenario.variants.map((variant) => variant.name).filter((name) => name !== baseline);
  const variants = [baseline, ...others];
  return {
    baseline,
    variants,
    rounds: { planned: record.plan.rounds, measured: new Set(samples.map((sample) => sample.round)).size },
    margin,
    roundMs: roundTime(samples),
    kinds: record.plan.kinds.map((kind) => compareKind(kind, variants, folder, margin)),
    failures: samples.flatMap(failureOf),
    warnings: [...folder.warnings.map((text) => ({ text, deploys: null })), ...sampleWarnings(samples)],
  };
}

function compareKind(kind: string, variants: readonly string[], folder: RunFolder, margin: Margin): KindComparison {
  const { record, samples } = folder;
  const { baseline } = record.scenario;
  const samplesOf = (variant: string): Sample[] =>
    samples.filter((sample) => sample.kind === kind && sample.variant === variant);
  const baselineOk = samplesOf(baseline).filter(isOk);
  const reached = turnsReached(folder).filter((turn) => turn.kind === kind);
  return {
    kind,
    repeats: Math.max(1, ...reached.map(({ repeat }) => repeat)),
    variants: variants.map((variant) => {
      const own = samplesOf(variant);
      const planned = reached.filter((turn) => turn.variant === variant).length;
      return {
        variant,
        deploys: countDeploys(own, planned),
        changes: variant === baseline ? null : changesOf(folder, { kind, baseline, variant }, margin),
        ...measure(own.filter(isOk), baselineOk),
      };
    }),
  };
}

function countDeploys(samples: readonly Sample[], planned: number): DeployCounts {
  const count = (outcome: Outcome): number => samples.filter((sample) => sample.outcome === outcome).length;
  return {
    planned,
    ok: count('ok'),
    notOk: outcomes
      .filter((outcome) => outcome !== 'ok')
      .map((outcome) => ({ outcome, count: count(outcome) }))
      .filter((entry) => entry.count > 0),
    repeated: samples.filter((sample) => sample.attempt > 1).length,
    tainted: samples.filter((sample) => isOk(sample) && sample.tainted.length > 0).length,
    missing: Math.max(0, planned - samples.filter((sample) => sample.attempt === 1).length),
  };
}

function failureOf(sample: Sample): Failure[] {
  if (isOk(sample)) return [];
  const { variant, kind, round, outcome, failure } = sample;
  const { code = null, message = 'No reason was recorded.', excerpt = null } = failure ?? {};
  return [{ variant, kind, round, outcome, code, message, excerpt }];
}

/** The same warning of several samples is one, with how many have it; in the order of their first occurrence. */
function sampleWarnings(samples: readonly Sample[]): Warning[] {
  const deploys = new Map<string, number>();
  for (const text of samples.flatMap((sample) => [...new Set(doubtsAbout(sample))])) {
    deploys.set(text, (deploys.get(text) ?? 0) + 1);
  }
  return [...deploys].map(([text, count]) => ({ text, deploys: count }));
}

function doubtsAbout({ tainted, warnings, evidence }: Sample): string[] {
  return [
    ...tainted.map((text) => `tainted: ${text}`),
    ...warnings,
    ...evidence
      .filter((piece) => piece.holds === null)
      .map((piece) => `not proved: ${piece.claim} (found: ${piece.proof})`),
  ];
}

function isOk(sample: Sample): boolean {
  return sample.outcome === 'ok';
}
