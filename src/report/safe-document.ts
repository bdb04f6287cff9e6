/** A JSON document that can be printed: what a terminal would obey in its texts is escaped. Ends with a line feed. */
export function safeDocument(value: object): string {
  const json = JSON.stringify(value, null, 2);
  return `${json.replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escapeCharacter)}\n`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
