/** The characters that a report draws with, where a terminal may not have them all. */
export interface Marks {
  /** Heights of a sparkline, the lowest first. */
  readonly levels: readonly string[];
  /** A run without the number. */
  readonly gap: string;
  /** Before the first run of another machine. */
  readonly otherMachine: string;
  /** Text of this room with its own characters replaced by such as the terminal has. */
  readonly write: (text: string) => string;
  /** The same for a line of a table, which stays as wide as it is. */
  readonly draw: (line: string) => string;
}

export const unicodeMarks: Marks = {
  levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  gap: '·',
  otherMachine: '│',
  write: (text) => text,
  draw: (line) => line,
};

/** Digits, which no one takes for anything but heights. */
export const asciiMarks: Marks = {
  levels: ['1', '2', '3', '4', '5', '6', '7', '8'],
  gap: '.',
  otherMachine: '|',
  write: (text) => text.replace(/[→·–−×…│’±✔✘]/g, (character) => plain[character] ?? character),
  draw: (line) =>
    asciiMarks
      .write(line.replaceAll('…', '~'))
      .replaceAll('─', '-')
      .replace(/[╭╮╰╯├┤┬┴┼]/g, '+'),
};

const plain: Readonly<Record<string, string>> = {
  '→': '->',
  '·': '-',
  '–': '-',
  '−': '-',
  '×': 'x',
  '…': '...',
  '│': '|',
  '’': "'",
  '±': '+/-',
  '✔': 'v',
  '✘': 'x',
};
