import type { TimeName } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { Sample } from '../results/sample.ts';
import { median } from '../stats/median.ts';
import { defaultMargin, type Margin } from './margin.ts';
import { timeOf } from './metric-value.ts';
import { calibratedTimes } from './noise-floor.ts';
import { pairsOf } from './pairs.ts';
import { type TimeChange, timeChange, type Verdict } from './time-change.ts';

/** What a variant must be found to be, because it was made so. */
export interface Expectation {
  readonly variant: string;
  /** Times that must be found slower; none for a variant that is identical to the baseline. */
  readonly planted: readonly Planted[];
  /** Times that are touched too: nothing is asked of them. */
  readonly follows: readonly { readonly metric: TimeName; readonly why: string }[];
}

interface Planted {
  readonly metric: TimeName;
  /** How much longer it takes: so long, or as long as the link's rate needs for the bytes more; `at-least` where other work grows with them. */
  readonly size: { readonly sort: 'ms'; readonly ms: number } | { readonly sort: 'link' | 'link-at-least' };
}

/** A time of a variant that was made slower. */
export interface PlantFinding {
  readonly variant: string;
  readonly metric: TimeName;
  /** Null where no sample has what it is computed from. */
  readonly plantedMs: number | null;
  /** Whether it may be more than that, because other work grows too. */
  readonly atLeast: boolean;
  readonly change: TimeChange | null;
  readonly found: boolean;
}

/** A time that nothing was done to, and of which nothing may be claimed. */
export interface UntouchedTime {
  readonly variant: string;
  readonly metric: TimeName;
  readonly change: TimeChange | null;
  /** Whether there were enough pairs to say anything. */
  readonly told: boolean;
  readonly alarm: boolean;
}

export interface PlantReport {
  readonly kind: string;
  readonly margin: Margin;
  readonly baseline: string;
  readonly findings: readonly PlantFinding[];
  readonly untouched: readonly UntouchedTime[];
  readonly notAsked: readonly { readonly variant: string; readonly metric: TimeName; readonly why: string }[];
  /** How much of a pull of the baseline is the link's doing: its rate alone, as a share of the median. Null where it is not known. */
  readonly transferShare: number | null;
  /** Every plant was found, and nothing else. */
  readonly passed: boolean;
}

/** Judges whether a run finds what was planted, and nothing where nothing was. A time that could not be compared is not found, and no proof of silence. */
export function judgePlants(run: RunFolder, kind: string, expectations: readonly Expectation[]): PlantReport {
  const { baseline } = run.record.scenario;
  const change = (variant: string, metric: TimeName): TimeChange | null =>
    timeChange(
      pairsOf(run.samples, { kind, baseline, variant }, (sample) => timeOf(sample, metric)),
      defaultMargin,
    );
  const findings = expectations.flatMap(({ variant, planted }) =>
    planted.map(({ metric, size }): PlantFinding => {
      const found = change(variant, metric);
      return {
        ...{ variant, metric },
        plantedMs: size.sort === 'ms' ? size.ms : linkDifference(run, kind, variant, metric),
        atLeast: size.sort === 'link-at-least',
        change: found,
        found: found?.verdict === 'slower',
      };
    }),
  );
  const untouched = expectations.flatMap((expectation) =>
    calibratedTimes
      .filter((metric) => !isTouched(expectation, metric))
      .map((metric): UntouchedTime => {
        const { variant } = expectation;
        const seen = change(variant, metric);
        const told = seen !== null && seen.ratioInterval !== null;
        return { ...{ variant, metric, told }, change: seen, alarm: seen !== null && claims.includes(seen.verdict) };
      }),
  );
  return {
    ...{ kind, baseline, findings, untouched },
    margin: defaultMargin,
    notAsked: expectations.flatMap(({ variant, follows }) => follows.map((each) => ({ variant, ...each }))),
    transferShare: transferShare(run, kind),
    passed: findings.every(({ found }) => found) && untouched.every(({ told, alarm }) => told && !alarm),
  };
}

const claims: readonly Verdict[] = ['slower', 'faster'];

function isTouched({ planted, follows }: Expectation, metric: TimeName): boolean {
  return [...planted, ...follows].some((each) => each.metric === metric);
}

/** How much longer the link's rate alone makes the variant's layers. */
function linkDifference(run: RunFolder, kind: string, variant: string, metric: TimeName): number | null {
  const [own, other] = [variant, run.record.scenario.baseline].map((name) =>
    medianOf(okOf(run, kind, name).flatMap((sample) => linkMsOf(sample, metric) ?? [])),
  );
  return own == null || other == null ? null : own - other;
}

function transferShare(run: RunFolder, kind: string): number | null {
  const shares = okOf(run, kind, run.record.scenario.baseline).flatMap((sample) => {
    const [link, pull] = [linkMsOf(sample, 'pull'), timeOf(sample, 'pull')];
    return link === null || pull === null || pull === 0 ? [] : [link / pull];
  });
  return medianOf(shares);
}

function linkMsOf({ phases }: Sample, metric: TimeName): number | null {
  return metric === 'push' || metric === 'pull' ? (phases[metric]?.detail?.linkMs ?? null) : null;
}

function okOf({ samples }: RunFolder, kind: string, variant: string): Sample[] {
  return samples.filter((each) => each.kind === kind && each.variant === variant && each.outcome === 'ok');
}

function medianOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : median(numbers);
}
