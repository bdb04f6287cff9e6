import { imageFactNames, type MetricUnit, parseMetricName, unitOf } from '../results/metric-name.ts';
import type { FactChange } from '../verdict/fact-change.ts';
import type { GateResult } from '../verdict/gate.ts';
import type { TimeChange } from '../verdict/time-change.ts';
import { formatDuration } from './format.ts';
import { gateConclusion } from './gate-conclusion.ts';
import { formatAllowed, formatIncrease, formatLimit, formatRange, formatValue } from './gate-numbers.ts';

/** What a gate came to in one line, the limit beside the value: `code-edit.pull of after: 31.2 s, budget 30 s: over by 1.2 s`. */
export function gateSentence(result: GateResult): string {
  return `${gateSubject(result)}: ${gateFinding(result)}`;
}

/** `code-edit.pull of after`; of an image, whose fact holds in every kind, with the kind that decided. */
export function gateSubject({ gate, variant, kind }: GateResult): string {
  const ofImage = imageFactNames.some((name) => name === gate.metric);
  return `${gate.metric} of ${variant}${ofImage && kind !== null ? `, ${kind}` : ''}`;
}

/** All of the line but its subject. */
export function gateFinding(result: GateResult): string {
  const unit = unitOfGate(result);
  const [numbers, separator] = numbersOf(result, unit);
  const limit = limitOf(result, unit);
  return `${numbers === '' ? '' : `${numbers}${separator} `}${limit}: ${gateConclusion(result, unit)}${doubts(result)}`;
}

/** The kinds of a run are not known here, but its own is the metric's. */
function unitOfGate({ gate, kind }: GateResult): MetricUnit {
  const kindWritten = kind ?? gate.metric.slice(0, gate.metric.indexOf('.'));
  const metric = parseMetricName(gate.metric, [kindWritten]);
  return metric === null ? 'count' : unitOf(metric);
}

function numbersOf(result: GateResult, unit: MetricUnit): [numbers: string, separator: string] {
  const { rule, value, change } = result;
  if (rule === 'budget') return [value === null ? '' : formatValue(unit, value), ','];
  if (change === null) return ['', ''];
  return ['pairs' in change ? timeNumbers(change) : factNumbers(change, result, unit), ';'];
}

function timeNumbers(change: TimeChange): string {
  const { ratio, ratioInterval, differenceMs, pairs, faster, slower, equal } = change;
  const interval =
    ratioInterval === null
      ? ''
      : ` [${formatIncrease(ratioInterval.low - 1)}, ${formatIncrease(ratioInterval.high - 1)}]`;
  const size = formatDuration(Math.abs(differenceMs));
  const [words, count] =
    differenceMs === 0
      ? ['no difference', equal]
      : differenceMs > 0
        ? [`${size} more`, slower]
        : [`${size} less`, faster];
  return `${formatIncrease(ratio - 1)}${interval}, ${words}, in ${count} of ${pairs} ${pairs === 1 ? 'pair' : 'pairs'}`;
}

function factNumbers(change: FactChange, { value, baseline, variant: name }: GateResult, unit: MetricUnit): string {
  const [before, after] = [change.baseline, change.variant];
  const beside = baseline === null || baseline.variant === name ? 'the baseline' : baseline.variant;
  const increase = value === null ? '' : `, ${formatIncrease(value)}`;
  const exact = before.min === before.max && after.min === after.max;
  const difference = after.min - before.min;
  const size =
    exact && difference !== 0 ? `, ${formatValue(unit, Math.abs(difference))} ${difference > 0 ? 'more' : 'less'}` : '';
  return `${formatRange(unit, after)} against ${formatRange(unit, before)} of ${beside}${increase}${size}`;
}

function limitOf({ gate, rule, limit }: GateResult, unit: MetricUnit): string {
  if (rule === 'budget') return `budget ${formatLimit(unit, limit)}`;
  const floor = unit === 'time' && gate.floorMs > 0 ? ` or ${formatLimit('time', gate.floorMs)}` : '';
  return `at most +${formatAllowed(limit)}${floor}`;
}

/** What was judged is not all that was planned, or not all of it is sure. */
function doubts({ outcome, basis: { unit, used, lost, tainted } }: GateResult): string {
  if (outcome === 'not-judged') return '';
  const are = (count: number): string => (count === 1 ? 'is' : 'are');
  const parts = [
    ...(lost === 0 ? [] : [`${lost} of ${used + lost} ${unit} ${are(lost)} missing`]),
    ...(tainted === 0 ? [] : [`${tainted} of ${used} ${unit} ${are(tainted)} doubtful`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
