import { drawGrid } from './draw-table.ts';
import { paint, type TextStyle } from './style.ts';
import { padEnd, padStart, shorten, textWidth } from './text-width.ts';
import type { VerdictRow, VerdictTable } from './verdict-table.ts';
import { paintTone } from './verdict-tone.ts';

type Column = 'change' | 'difference' | 'faster' | 'verdict';

/** From all columns to those that a narrow terminal has room for. The seconds go first: a headline has them too. */
const layouts: readonly (readonly Column[])[] = [
  ['change', 'difference', 'faster', 'verdict'],
  ['change', 'faster', 'verdict'],
  ['change', 'verdict'],
];

const numbers: readonly Column[] = ['difference', 'faster'];

/** Draws the verdicts on one variant for a terminal: as many of their columns as it is wide enough for. */
export function drawVerdicts(table: VerdictTable, style: TextStyle): string[] {
  const drawn = layouts.map((columns) => draw(table, columns, style));
  return drawn.find((lines) => lines.every((line) => textWidth(line) <= style.width)) ?? drawn.at(-1) ?? [];
}

function draw({ variant, head, groups }: VerdictTable, columns: readonly Column[], style: TextStyle): string[] {
  const rows = groups.flat();
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(textWidth));
  const widths = columns.map((column) => widest([head[column], ...rows.map((row) => row[column])]));
  const name = shorten(variant, widest(rows.map(({ label }) => label)));
  const cell = (row: VerdictRow, column: Column, index: number): string => {
    const width = widths[index] ?? 0;
    const text = numbers.includes(column) ? padStart(row[column], width) : padEnd(row[column], width);
    const bold = row.strong ? paint(text, 'bold', style) : text;
    return column === 'change' || column === 'verdict' ? paintTone(bold, row.tone, style) : bold;
  };
  return drawGrid(
    [name, ...columns.map((column) => head[column])].map((text) => paint(text, 'bold', style)),
    groups.map((group) =>
      group.map((row) => [
        row.strong ? paint(row.label, 'bold', style) : row.label,
        ...columns.map((column, index) => cell(row, column, index)),
      ]),
    ),
    style,
  );
}
