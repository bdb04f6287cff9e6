/** How text is shown on a terminal. */
export interface TextStyle {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

export type Ink = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Select Graphic Rendition, ECMA-48 8.3.117: code that begins, code that ends. */
const codes: Readonly<Record<Ink, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

/** The text as it is, or in this ink where colour is wanted. Whatever it says, it says without the ink too. */
export function paint(text: string, ink: Ink, style: Pick<TextStyle, 'color'>): string {
  const [begin, end] = codes[ink];
  return style.color && text !== '' ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
}
