import type { KindComparison, VariantMetrics } from '../../verdict/comparison.ts';
import type { TimeChange } from '../../verdict/time-change.ts';
import { missing } from '../format.ts';
import { countOf, formatPercent } from '../gate-numbers.ts';
import { toneOfTime } from '../verdict-tone.ts';
import { describeChange, estimateText } from '../verdict-words.ts';
import { clip, html, type Markup } from './html.ts';
import { type Column, type TableRow, wideTable } from './table.ts';

const columns: readonly Column[] = [
  { label: 'variant', align: 'left' },
  { label: 'verdict', align: 'left' },
  { label: 'change, 95 % interval', align: 'left' },
  { label: 'pairs', align: 'left' },
  { label: 'would have seen', align: 'right' },
  { label: 'going first', align: 'left' },
  { label: 'drift a pair', align: 'left' },
];

/** Of each variant beside the baseline: the change of its release clock, and what makes it doubtful. Null where nothing is compared. */
export function certaintyTable({ kind, variants }: KindComparison): Markup | null {
  const rows = variants.flatMap((variant) => rowOf(variant) ?? []);
  if (rows.length === 0) return null;
  const caption = `Release clock of ${clip(kind, 60)} beside the baseline’s, pair by pair`;
  return wideTable({ caption, columns, rows, rest: '' });
}

function rowOf({ variant, changes }: VariantMetrics): TableRow | null {
  const change = changes?.times.release ?? null;
  if (change === null) return null;
  const words = describeChange(change);
  const verdict =
    change.ratioInterval === null ? 'not tested' : html`<span class="${toneOfTime(change)}">${words.verdict}</span>`;
  const seen = change.detectable === null ? missing : `±${formatPercent(change.detectable)}`;
  return {
    name: clip(variant, 60),
    look: '',
    cells: [
      verdict,
      words.change,
      `${words.count}${outlierText(change)}`,
      seen,
      shiftText(change.orderEffect),
      shiftText(change.drift),
    ],
  };
}

function outlierText({ outliers }: TimeChange): string {
  return outliers.length === 0 ? '' : `, ${countOf(outliers.length, 'outlier')}`;
}

/** An effect whose interval holds no change is none that this run could tell. */
function shiftText(shift: TimeChange['drift']): string {
  if (shift === null || shift.interval === null) return missing;
  const { low, high } = shift.interval;
  return low <= 1 && high >= 1 ? 'none to be seen' : estimateText(shift.ratio, shift.interval);
}
