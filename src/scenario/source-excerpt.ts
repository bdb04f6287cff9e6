import { DeployclockError, type ErrorCode } from '../errors.ts';

/** A place in a text; line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A text with the path that people know it by. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const linesBefore = 2;
const widest = 120;

/** The line at `place` with up to two lines before it, numbered, and a caret under the column. */
export function sourceExcerpt(text: string, place: Place): string {
  const lines = text.split(/\r?\n/);
  const last = Math.min(place.line, lines.length);
  const first = Math.max(1, last - linesBefore);
  const gutter = String(last).length;
  // A line of a thousand letters would hide its own caret: it is shown from a little before the place.
  const skipped = place.column > widest ? place.column - widest / 2 : 0;
  const numbered = lines.slice(first - 1, last).map((line, index) => {
    const number = String(first + index).padStart(gutter);
    return `${number} | ${line.slice(skipped, skipped + widest)}`.trimEnd();
  });
  const beforeCaret = (lines[last - 1] ?? '').slice(skipped, place.column - 1);
  const caret = `${' '.repeat(gutter)} | ${beforeCaret.replace(/[^\t]/g, ' ')}^`;
  return [...numbered, caret].join('\n');
}

/** `path:line:column`, as editors and terminals turn into a link. */
function placeText(path: string, place: Place): string {
  return `${path}:${place.line}:${place.column}`;
}

/** An error about a place in a text: the message begins with the place, the excerpt shows it. */
export function errorAt(code: ErrorCode, source: Source, place: Place, message: string): DeployclockError {
  return new DeployclockError(code, `${placeText(source.path, place)}: ${message}`, {
    excerpt: sourceExcerpt(source.text, place),
  });
}
