import type { BuildDetail, BuildStep } from '../../results/sample.ts';
import { formatBytes, formatDuration } from '../format.ts';
import { countOf } from '../gate-numbers.ts';
import { withoutDigest } from '../step-name.ts';
import { spanText } from './span-text.ts';
import { noRows, type PhaseRows, type WaterfallRow } from './waterfall-row.ts';

/** So many steps have a line; of more, those that take longest. */
const mostRows = 24;

/** Steps by their stages, in lanes: stages run side by side. */
export function buildRows(detail: BuildDetail | null, at: number): PhaseRows {
  if (detail === null) return noRows;
  const begun = detail.steps.filter((step) => step.startMs !== null);
  const kept = new Set(begun.toSorted((one, other) => weight(other, detail) - weight(one, detail)).slice(0, mostRows));
  const left = begun.filter((step) => !kept.has(step));
  const lanes = [...new Set(begun.map(laneOf))];
  const rows = lanes.flatMap((lane) =>
    begun
      .filter((step) => kept.has(step) && laneOf(step) === lane)
      .toSorted((one, other) => positionOf(one) - positionOf(other))
      .map((step) => rowOf(step, lane, detail, at)),
  );
  return { note: noteOf(detail, left), rows };
}

/** A step on the critical path is not left out for a longer one beside it. */
function weight(step: BuildStep, { criticalPath }: BuildDetail): number {
  return step.ms * (criticalPath.includes(step.name) ? 4 : 1);
}

function rowOf(step: BuildStep, lane: string, { criticalPath }: BuildDetail, at: number): WaterfallRow {
  const startMs = at + (step.startMs ?? 0);
  const endMs = startMs + step.ms;
  const critical = !step.cached && criticalPath.includes(step.name);
  const told = step.cached ? 'from the cache' : spanText(startMs, endMs);
  return {
    label: shortName(step),
    figure: step.cached ? 'cached' : formatDuration(step.ms),
    lane,
    startMs,
    endMs,
    look: step.cached ? 'pale' : 'solid',
    critical,
    title: `${step.name}: ${told}${critical ? '; on the critical path' : ''}`,
  };
}

/** `[build 4/7] RUN npm ci` is in the lane of `build`; what belongs to no stage, in one without a name. */
function laneOf(step: BuildStep): string {
  const stage = /^\[(?:(.*) )?\d+\/\d+\] /.exec(step.name)?.[1];
  return step.sort === 'internal' ? '' : (stage ?? '');
}

/** Where it stands in its stage; what belongs to none keeps its order. */
function positionOf({ name }: BuildStep): number {
  return Number(/^\[(?:.* )?(\d+)\/\d+\] /.exec(name)?.[1] ?? 0);
}

/** The lane says the stage, and a digest says nothing to a reader. */
function shortName({ name }: BuildStep): string {
  return withoutDigest(name.replace(/^\[(?:.* )?(\d+\/\d+)\] /, '$1 '));
}

function noteOf(detail: BuildDetail, left: readonly BuildStep[]): string {
  const cached = detail.steps.filter((step) => step.cached).length;
  const path = detail.criticalPathMs === null ? [] : [`critical path ${formatDuration(detail.criticalPathMs)}`];
  const rest = left.length === 0 ? [] : [`${countOf(left.length, 'shorter step')} not shown`];
  return [
    `context ${formatBytes(detail.contextBytes)}`,
    ...(cached === 0 ? [] : [`${cached} of ${countOf(detail.steps.length, 'step')} from the cache`]),
    ...path,
    ...rest,
  ].join(', ');
}
