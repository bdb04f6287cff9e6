import { createHash } from 'node:crypto';

/**
 * Names a recipe by everything that shapes its result: 12 hexadecimal digits of a SHA-256. Two recipes with the same hash make
 * the same image, up to newer versions of their packages. The order of a record's keys means nothing.
 */
export function recipeHash(ingredients: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(ingredients, sortedKeys)).digest('hex').slice(0, 12);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
