import { z } from 'zod';
import type { Bytes, Milliseconds } from '../units.ts';
import { nearestWord } from './nearest-word.ts';
import type { LinkProfile } from './scenario.ts';
import { type Parsed, parseDuration, parseLinkProfile, parseSize } from './units-text.ts';

/** An object that names the nearest valid key when it meets an unknown one. */
export function keyed<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, known) : undefined),
  });
}

/** One of these words; another one is told the nearest. */
export function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, {
    error: (issue) => {
      const nearest = nearestWord(String(issue.input), words);
      const help = nearest === null ? `write ${words.join(', ')}` : `did you mean "${nearest}"?`;
      return `"${String(issue.input)}" is not known here: ${help}`;
    },
  });
}

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  return keys
    .map((key) => {
      const nearest = nearestWord(key, known);
      const help = nearest === null ? `the keys here are ${known.join(', ')}` : `did you mean "${nearest}"?`;
      return `unknown key "${key}": ${help}`;
    })
    .join('; ');
}

/** Text with a unit. A bare number gets the message that names the units, rather than "expected text". */
function withUnit<T>(parse: (text: string) => Parsed<T>) {
  const explain = (written: string): string => {
    const parsed = parse(written);
    return parsed.ok ? '' : parsed.message;
  };
  return z
    .string({ error: (issue) => (typeof issue.input === 'number' ? explain(String(issue.input)) : undefined) })
    .transform((text, context): T => {
      const parsed = parse(text);
      if (parsed.ok) return parsed.value;
      context.addIssue({ code: 'custom', message: parsed.message, input: text });
      return z.NEVER;
    });
}

export const duration = withUnit<Milliseconds>(parseDuration);
export const size = withUnit<Bytes>(parseSize);
export const link = withUnit<LinkProfile>(parseLinkProfile);

// YAML reads an unquoted 20.10 as the number 20.1: only quoted values keep what was written.
const quotedText = z.string({
  error: (issue) =>
    typeof issue.input === 'number' || typeof issue.input === 'boolean'
      ? `write the value in quotes, as "${issue.input}"`
      : undefined,
});
export const textMap = z.record(z.string(), quotedText);
