import { controlPoints } from '../../verdict/control-points.ts';
import { letterFrom, letters } from '../../verdict/grade.ts';
import type { ScoredMetric } from '../../verdict/scored-metrics.ts';
import { formatBytes, formatDuration } from '../format.ts';
import { html, type Markup } from './html.ts';
import { headOf } from './score-labels.ts';
import { type Column, type TableRow, wideTable } from './table.ts';

const columns: readonly Column[] = [
  { label: 'metric', align: 'left' },
  { label: 'good, 90', align: 'right' },
  { label: 'usual, 50', align: 'right' },
  { label: 'source', align: 'left' },
];

const explanation =
  'A grade is a word on a number, and no gate goes by it. Each metric has a log-normal curve through two control points, as Lighthouse ' +
  'scores pages: the good one scores 90, the usual one 50, and a missing number has no grade.';

/** Where grades come from: the curve, its control points and their sources. */
export function gradeNote(metrics: readonly ScoredMetric[]): Markup {
  const bounds = letters.map((letter) => `${letter} from ${letterFrom[letter] * 100}`).join(', ');
  const caption = 'Control points of the grades and where they come from';
  return html`<details class="grades"><summary>How the grades are made</summary>
<p>${explanation} ${bounds}.</p>
${wideTable({ caption, columns, rows: metrics.map(rowOf), rest: '' })}</details>`;
}

function rowOf(metric: ScoredMetric): TableRow {
  const { good, usual, unit, source } = controlPoints[metric.name];
  const format = unit === 'bytes' ? formatBytes : formatDuration;
  const cells = [format(good), format(usual), html`<span class="source">${source}</span>`];
  return { name: headOf(metric), cells, look: '' };
}
