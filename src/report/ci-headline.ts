import { type MetricName, parseMetricName, unitOf } from '../results/metric-name.ts';
import type { Comparison, KindComparison } from '../verdict/comparison.ts';
import type { GateResult } from '../verdict/gate.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { changeText, metricText, sizeText } from './ci-metric.ts';
import { type CiView, capital, deployTakes, kindNamed, mainKind, sidesOf } from './ci-view.ts';
import { formatDuration } from './format.ts';
import { countOf, formatLimit, formatPercent } from './gate-numbers.ts';
import { gateSentence } from './gate-sentence.ts';
import { type GateView, standingOf } from './gate-view.ts';

export interface CiHeadline {
  readonly sort: 'failed' | 'not-judged' | 'not-compared' | 'inconclusive' | 'won' | 'passed';
  /** One sentence, mostly without a full stop: what a reader takes away. */
  readonly text: string;
}

/** Metrics that one sentence can hold. */
const most = 4;

/** What the run says in one sentence: what failed and by how much, else what was won, else that nothing changed. */
export function ciHeadline(view: CiView): CiHeadline {
  const { comparison, gates, baseMissing } = view;
  const failing = gates === null ? [] : resultsThat(gates, 'fails');
  if (failing.length > 0) return { sort: 'failed', text: failedText(failing, comparison) };
  const unjudged = gates === null ? [] : resultsThat(gates, 'not-judged');
  const [first] = unjudged;
  if (first !== undefined) {
    const others = unjudged.length === 1 ? '' : `, and ${unjudged.length - 1} more`;
    return { sort: 'not-judged', text: `Not judged: ${gateSentence(first)}${others}` };
  }
  if (baseMissing !== null)
    return { sort: 'not-compared', text: `Not compared: ${baseMissing}${aloneText(comparison)}` };
  if (gates === null) return { sort: 'not-judged', text: nothingJudged(comparison) };
  if (gates.report.outcome === 'inconclusive')
    return { sort: 'inconclusive', text: inconclusiveText(resultsThat(gates, 'inconclusive')) };
  return wonOrNot(comparison);
}

function resultsThat({ report, inconclusive }: GateView, standing: ReturnType<typeof standingOf>): GateResult[] {
  return report.results.filter((result) => standingOf(result, inconclusive) === standing);
}

function failedText(failing: readonly GateResult[], comparison: Comparison): string {
  const shown = failing.slice(0, most).map((result) => failure(result, comparison));
  const rest = failing.length - shown.length;
  const outcomes = new Set(failing.map(({ outcome }) => outcome));
  const word = outcomes.has('regressed') ? 'Regressed' : outcomes.has('over-budget') ? 'Over budget' : 'Inconclusive';
  return `${word}: ${shown.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}`;
}

function inconclusiveText(open: readonly GateResult[]): string {
  const shown = open
    .slice(0, most)
    .map(({ gate, change, basis }) => `${gate.metric} ${changeText(change)} in ${countOf(basis.used, 'pair')}`);
  const rest = open.length - shown.length;
  return `Cannot tell: ${shown.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}`;
}

/** What a gate fails by, in words: the medians, and the increase that was judged. */
function failure(result: GateResult, comparison: Comparison): string {
  const { gate, rule, limit, outcome, change, kind } = result;
  const kindWritten = kind ?? mainKind(comparison)?.kind ?? '';
  const metric = parseMetricName(gate.metric, [kindWritten]);
  const sides = sidesOf(kindNamed(comparison, kindWritten) ?? { kind: '', repeats: 1, variants: [] });
  if (metric === null || sides === null || outcome === 'inconclusive') return gateSentence(result);
  const head = metricText(sides.head, metric);
  if (rule === 'budget') return `${subject(metric, kindWritten)} ${head}, budget ${formatLimit(unitOf(metric), limit)}`;
  return `${subject(metric, kindWritten)} ${head} instead of ${metricText(sides.base, metric)} (${sizeText(change)})`;
}

function subject(metric: MetricName, kind: string): string {
  if (metric.sort === 'fact') return `${metric.kind === null ? '' : `${metric.kind}.`}${metric.name} is`;
  return metric.name === 'release' ? deployTakes(kind) : `${kind}.${metric.name} takes`;
}

/** What head needs where there is nothing beside it. */
function aloneText(comparison: Comparison): string {
  const kind = mainKind(comparison);
  const release = kind === null ? null : (sidesOf(kind)?.head.release ?? null);
  return kind === null || release === null
    ? ''
    : ` ${capital(deployTakes(kind.kind))} ${formatDuration(release.median)}.`;
}

/** Head's own failure comes before base's. */
function nothingJudged({ failures, variants }: Comparison): string {
  const first = failures.find(({ variant }) => variant === variants.at(-1)) ?? failures[0];
  if (first === undefined) return 'Nothing was judged';
  return `Not judged: ${first.kind} of ${first.variant} ended as ${first.outcome}: ${first.message}`;
}

function wonOrNot(comparison: Comparison): CiHeadline {
  const main = mainKind(comparison);
  const others = comparison.kinds.filter((kind) => kind !== main);
  const kinds = main === null ? [] : [main, ...others];
  const won = kinds.find((kind) => releaseChange(kind)?.verdict === 'faster');
  if (won !== undefined) return { sort: 'won', text: capital(releaseText(won, ' instead of ')) };
  const slower = kinds.find((kind) => releaseChange(kind)?.verdict === 'slower');
  if (slower !== undefined)
    return { sort: 'passed', text: `Slower, and within its gates: ${releaseText(slower, ' instead of ')}` };
  const change = main === null ? null : releaseChange(main);
  if (main === null || change === null) return { sort: 'passed', text: 'All gates pass' };
  const text = releaseText(main, ', before in ');
  if (change.verdict === 'same') return { sort: 'passed', text: `No difference: ${text}` };
  const seen = change.detectable === null ? '' : `; ${change.pairs} pairs see ±${formatPercent(change.detectable)}`;
  return { sort: 'passed', text: `No regression was found: ${text}${seen}` };
}

function releaseChange(kind: KindComparison): TimeChange | null {
  return sidesOf(kind)?.head.changes?.times.release ?? null;
}

/** `a code edit deploys in 8.10 s instead of 47.3 s` */
function releaseText(kind: KindComparison, between: string): string {
  const metric: MetricName = { sort: 'time', kind: kind.kind, name: 'release' };
  const sides = sidesOf(kind);
  const text = (side: 'base' | 'head'): string => metricText(sides?.[side] ?? null, metric);
  return `${deployTakes(kind.kind)} ${text('head')}${between}${text('base')}`;
}
