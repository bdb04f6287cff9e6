import { clip, html, type Markup, type Piece } from './html.ts';

export interface Column {
  readonly label: string;
  readonly align: 'left' | 'right';
}

export interface TableRow {
  /** The row's head. */
  readonly name: Piece;
  /** One for each column after the first. */
  readonly cells: readonly Piece[];
  /** A class of the style sheet; empty for none. */
  readonly look: string;
}

export interface Table {
  readonly caption: string;
  /** The first is that of the rows' names. */
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  /** What a last line says of rows that are not shown; empty for none. */
  readonly rest: string;
}

/** A table that scrolls sideways in a box of its own where the screen is too narrow for it. */
export function wideTable(table: Table): Markup {
  const content = html`<table>${parts(table)}</table>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${table.caption}">${content}</div>`;
}

/** A table in small type, of which a narrow screen makes blocks. */
export function compactTable(table: Table): Markup {
  return html`<table class="compact">${parts(table)}</table>`;
}

function parts({ caption, columns, rows, rest }: Table): Markup {
  const heads = columns.map(({ label, align }) => html`<th scope="col"${classOf(align)}>${label}</th>`);
  const last = rest === '' ? null : html`<tr><td colspan="${columns.length}" class="minor">${rest}</td></tr>`;
  return html`<caption>${clip(caption, 200)}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>${rows.map((row) => drawRow(row, columns))}${last}</tbody>`;
}

function drawRow({ name, cells, look }: TableRow, columns: readonly Column[]): Markup {
  const drawn = cells.map((cell, index) => {
    const { label = '', align = 'left' } = columns[index + 1] ?? {};
    return html`<td${classOf(align)} data-label="${label}">${cell}</td>`;
  });
  return html`<tr${look === '' ? null : html` class="${look}"`}><th scope="row">${name}</th>${drawn}</tr>
`;
}

function classOf(align: Column['align']): Markup | null {
  return align === 'right' ? html` class="num"` : null;
}

/** Columns of these names, all but the first of them numbers. */
export function numberColumns(first: string, ...others: readonly string[]): Column[] {
  return [{ label: first, align: 'left' }, ...others.map((label) => ({ label, align: 'right' as const }))];
}
