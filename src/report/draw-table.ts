import Table from 'cli-table3';
import { type Change, changeOf } from './change.ts';
import { formatRatio, missing } from './format.ts';
import type { MetricRow, MetricTable } from './metric-table.ts';
import { type Ink, paint, type TextStyle } from './style.ts';
import { padEnd, padStart, shorten, textWidth } from './text-width.ts';

const longestName = 24;
const noLines = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };
const rule = { mid: '─', 'left-mid': '├', 'mid-mid': '┼', 'right-mid': '┤' };
const round = { 'top-left': '╭', 'top-right': '╮', 'bottom-left': '╰', 'bottom-right': '╯' };

/**
 * Draws a table of metrics for a terminal. Where its variants do not fit side by side there are several tables, each beginning with the
 * baseline again; a terminal too narrow for two variants gets lines that are longer than it.
 * @param peers tables of the same variants that are shown with it, this one among them: their columns get the same widths
 */
export function drawTable(table: MetricTable, style: TextStyle, peers: readonly MetricTable[] = [table]): string[] {
  const columns = table.variants.map((name, index) => layOut(name, index, peers));
  const others = table.variants.length - 1;
  for (let perTable = others; perTable > 1; perTable -= 1) {
    const lines = parts(others, perTable).flatMap((variants) => draw(table, variants, columns, style));
    if (lines.every((line) => textWidth(line) <= style.width)) return lines;
  }
  return parts(others, 1).flatMap((variants) => draw(table, variants, columns, style));
}

/** Which variants go into each table, by their positions: the baseline and at most `perTable` others. */
function parts(others: number, perTable: number): number[][] {
  const tables = Math.max(1, Math.ceil(others / perTable));
  return Array.from({ length: tables }, (_, table) => {
    const first = 1 + table * perTable;
    const size = Math.min(perTable, others + 1 - first);
    return [0, ...Array.from({ length: size }, (_item, at) => first + at)];
  });
}

function draw(table: MetricTable, variants: readonly number[], columns: readonly Column[], style: TextStyle): string[] {
  const drawn = new Table({ chars: { ...noLines, ...round }, style: { head: [], border: [] } });
  const shown = columns.filter((column) => variants.includes(column.index));
  drawn.push(['', ...shown.map((column) => paint(column.head, 'bold', style))]);
  for (const group of table.groups) {
    for (const [index, row] of group.entries()) {
      const label = row.strong ? paint(row.label, 'bold', style) : row.label;
      const cells = [label, ...shown.map((column) => column.cell(row, style))];
      drawn.push(index === 0 ? cells.map((content) => ({ content, chars: rule })) : cells);
    }
  }
  // Painted here, since the table's own border colours depend on what it finds out about the process's terminal.
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.replace(/[─│╭╮╰╯├┤┬┴┼]+/g, (frame) => paint(frame, 'dim', style)));
}

interface Column {
  readonly index: number;
  readonly head: string;
  readonly cell: (row: MetricRow, style: TextStyle) => string;
}

/** Numbers end where numbers end, ratios begin where ratios begin, and the name stands over the numbers. */
function layOut(name: string, index: number, tables: readonly MetricTable[]): Column {
  const cells = tables.flatMap((table) => table.groups.flat().flatMap((row) => row.cells[index] ?? []));
  const shown = shorten(name, longestName);
  const ratios = cells.flatMap((cell) => (cell.ratio === null ? [] : [textWidth(formatRatio(cell.ratio))]));
  const ratioWidth = ratios.length === 0 ? 0 : Math.max(...ratios) + 2;
  const textColumn = Math.max(...cells.map((cell) => textWidth(cell.text)), textWidth(shown) - ratioWidth);
  return {
    index,
    head: padEnd(padStart(shown, textColumn), textColumn + ratioWidth),
    cell: (row, style) => {
      const { text, ratio } = row.cells[index] ?? { text: missing, ratio: null };
      const number = padStart(text, textColumn);
      const beside = padEnd(ratio === null ? '' : `  ${formatRatio(ratio)}`, ratioWidth);
      return `${row.strong ? paint(number, 'bold', style) : number}${paintRatio(beside, ratio, style)}`;
    },
  };
}

const ratioInk = { less: 'green', same: 'dim', more: 'red' } as const satisfies Record<Change, Ink>;

function paintRatio(text: string, ratio: number | null, style: TextStyle): string {
  return ratio === null ? text : paint(text, ratioInk[changeOf(ratio)], style);
}
