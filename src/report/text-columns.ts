import { escapeMarkdown } from './markdown.ts';
import { paint, type TextStyle } from './style.ts';
import { padEnd, padStart, textWidth } from './text-width.ts';

/** A table of plain texts: what terminal and markdown show alike. */
export interface TextColumns {
  readonly head: readonly string[];
  /** Each as long as the head. */
  readonly rows: readonly (readonly string[])[];
  /** Columns of words begin at the left, those of numbers end at the right. */
  readonly align: readonly ('left' | 'right')[];
}

/** Lines of equal width, the head in bold. */
export function drawColumns({ head, rows, align }: TextColumns, style: TextStyle): string[] {
  const widths = head.map((text, column) =>
    Math.max(...[text, ...rows.map((row) => row[column] ?? '')].map(textWidth)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, column) => (align[column] === 'left' ? padEnd : padStart)(text, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [paint(line(head), 'bold', style), ...rows.map(line)];
}

export function markdownColumns({ head, rows, align }: TextColumns): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = `|${align.map((side) => (side === 'left' ? ' :-- |' : ' --: |')).join('')}`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
