import { stripVTControlCharacters } from 'node:util';

/** Characters that a terminal obeys instead of showing, and those that turn the direction of the text around them. */
const unsafe = /[\p{Cc}\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text of others (a name, a message, a Dockerfile's instruction) as one line that only shows itself: escape sequences and control
 * characters are gone, line breaks and tabs are spaces.
 */
export function safeLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(unsafe, '');
}

/** The same for an excerpt of several lines: line breaks stay. */
export function safeLines(text: string): string[] {
  return stripVTControlCharacters(text.replace(/\r\n?/g, '\n'))
    .replaceAll('\t', '  ')
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(unsafe, ''));
}

/** Keys whose text has lines; every other text is one line. */
const linedKeys: readonly string[] = ['excerpt', 'dockerfileText'];

/** A value with every text in it made safe to show, so that no place that prints one can forget it. */
export function safeTexts<T>(value: T): T {
  return makeSafe(value, '') as T;
}

function makeSafe(value: unknown, key: string): unknown {
  if (typeof value === 'string') return linedKeys.includes(key) ? safeLines(value).join('\n') : safeLine(value);
  if (Array.isArray(value)) return value.map((item) => makeSafe(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [safeLine(name), makeSafe(item, name)]));
}
