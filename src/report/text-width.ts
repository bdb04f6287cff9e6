/** Characters that take two columns of a terminal: East Asian wide forms and emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
const marks = /\p{Mn}|\p{Me}|\u200b|\u200c|\u200d/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that this room writes begin with ESC.
const colours = /\u001b\[[0-9;]*m/g;

/** Columns that a line takes on a terminal; colours take none. */
export function textWidth(line: string): number {
  return [...line.replace(colours, '').replace(marks, '')].reduce(
    (sum, character) => sum + (wide.test(character) ? 2 : 1),
    0,
  );
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** At most `width` columns; what is too long loses its middle, since names of variants differ at their ends. */
export function shorten(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const characters = [...text];
  let tail = '';
  let head = '';
  while (characters.length > 0) {
    const last = characters.pop() ?? '';
    if (textWidth(head + tail + last) >= width) break;
    tail = last + tail;
    const first = characters.shift() ?? '';
    if (textWidth(head + tail + first) >= width) break;
    head += first;
  }
  return `${head}…${tail}`;
}

/** Breaks text at spaces; a word that is longer than a line stays whole, so that it can be copied. Later lines begin with `indent`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || textWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}
