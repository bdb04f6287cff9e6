/**
 * What no XML 1.0 document may hold, escaped or not (Char, XML 1.0 section 2.2): control characters, halves of surrogate pairs, and two
 * that are no characters.
 */
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  // Only "]]>" may not stand in text; but where it stands is not known here.
  '>': '&gt;',
  '"': '&quot;',
  // A parser makes spaces of these in an attribute, and one line feed of two characters in a text.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text that shows itself between tags, and between double quotes. */
export function xmlText(text: string): string {
  return text.replace(illegal, '').replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? '');
}

/** An element, its attributes in this order; `content` is XML already. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>` : `${start}>${content.join('')}</${name}>`;
}
