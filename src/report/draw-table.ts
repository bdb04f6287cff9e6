import Table from 'cli-table3';
import { formatRatio } from './format.ts';
import { type MetricCell, type MetricRow, type MetricTable, missingCell } from './metric-table.ts';
import { paint, type TextStyle } from './style.ts';
import { padEnd, padStart, shorten, textWidth } from './text-width.ts';
import { paintTone, toneMarks } from './verdict-tone.ts';

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
  const shown = columns.filter((column) => variants.includes(column.index));
  const head = ['', ...shown.map((column) => paint(column.head, 'bold', style))];
  const groups = table.groups.map((group) =>
    group.map((row) => {
      const label = row.strong ? paint(row.label, 'bold', style) : row.label;
      return [label, ...shown.map((column) => column.cell(row, style))];
    }),
  );
  return drawGrid(head, groups, style);
}

/** Cells in a frame, groups of rows told apart by a rule. */
export function drawGrid(
  head: readonly string[],
  groups: readonly (readonly (readonly string[])[])[],
  style: TextStyle,
): string[] {
  const drawn = new Table({ chars: { ...noLines, ...round }, style: { head: [], border: [] } });
  drawn.push([...head]);
  for (const group of groups) {
    for (const [index, cells] of group.entries()) {
      drawn.push(index === 0 ? cells.map((content) => ({ content, chars: rule })) : [...cells]);
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
  const besideWidth = Math.max(0, ...cells.map((cell) => textWidth(besideText(cell))));
  const textColumn = Math.max(...cells.map((cell) => textWidth(cell.text)), textWidth(shown) - besideWidth);
  return {
    index,
    head: padEnd(padStart(shown, textColumn), textColumn + besideWidth),
    cell: (row, style) => {
      const cell = row.cells[index] ?? missingCell;
      const number = padStart(cell.text, textColumn);
      const beside = padEnd(besideText(cell), besideWidth);
      return `${row.strong ? paint(number, 'bold', style) : number}${paintTone(beside, cell.tone, style)}`;
    },
  };
}

function besideText(cell: MetricCell): string {
  return cell.ratio === null ? '' : `  ${ratioText(cell)}`;
}

/** `×0.31 ✔`: a ratio, and what it was found to be; empty where there is none. */
export function ratioText({ ratio, tone }: MetricCell): string {
  if (ratio === null) return '';
  return tone === null ? formatRatio(ratio) : `${formatRatio(ratio)} ${toneMarks[tone]}`;
}
