import { xmlText } from '../xml-text.ts';

/** Markup that this room wrote itself; everything else is text, and is escaped. */
export interface Markup {
  readonly markup: string;
}

export type Piece = Markup | string | number | null | readonly Piece[];

/**
 * A template of markup: what is put into it is escaped unless it is markup itself, so that no place can forget to. Values of attributes have
 * to stand in double quotes.
 */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const markup = parts.reduce((text, part, index) => `${text}${part}${written(pieces[index] ?? null)}`, '');
  return { markup };
}

/** Markup made elsewhere, which is known to be safe: a style sheet of ours, a drawing of the chart library. */
export function trusted(markup: string): Markup {
  return { markup };
}

function written(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return xmlText(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map(written).join('');
}

/** At most so many characters; what is too long ends with an ellipsis. */
export function clip(text: string, most = 160): string {
  if (text.length <= most) return text;
  // Never half of a surrogate pair.
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
