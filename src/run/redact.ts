/** Values shorter than this are words that would be found everywhere: `true`, `80`, `prod`. */
const shortest = 6;

/** Takes secrets out of what a run keeps. */
export type Redact = <T>(value: T) => T;

/**
 * Build arguments and environment variables may be secrets, and builds and apps print them. Their values are replaced by stars of the same
 * number of bytes in every text, and inside the base64 of a build trace, whose messages stay readable because no length changes.
 */
export function createRedact(values: readonly string[]): Redact {
  const secrets = [...new Set(values.flatMap((value) => [value, Buffer.from(value).toString('latin1')]))]
    .filter((value) => value.length >= shortest)
    .toSorted((left, right) => right.length - left.length);
  if (secrets.length === 0) return (value) => value;
  const inText = (text: string): string =>
    secrets.reduce((clean, secret) => clean.replaceAll(secret, stars(secret)), text);
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return key === 'aux' ? inBase64(value, inText) : inText(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  return <T>(value: T) => walk(value, '') as T;
}

/** One byte a character, so that a star replaces a byte whatever the text's encoding: secrets in UTF-8 are looked for as their bytes. */
function inBase64(text: string, inText: (text: string) => string): string {
  return Buffer.from(inText(Buffer.from(text, 'base64').toString('latin1')), 'latin1').toString('base64');
}

function stars(secret: string): string {
  return '*'.repeat(secret.length);
}
