/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[], link = 'and'): string {
  const different = [...new Set(words)];
  const last = different.at(-1) ?? '';
  return different.length < 2 ? last : `${different.slice(0, -1).join(', ')} ${link} ${last}`;
}
