import { z } from 'zod';
import type { Bytes, Milliseconds } from '../units.ts';
import { parseIncrease } from './metric-limit.ts';
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

/** Timers of Node.js count 31 bits of milliseconds, and end at once beyond. */
const longest = 24 * 3_600_000;
/** Docker gives no container less memory, and reads 0 as no limit at all. */
export const leastMemory = 6 * 1024 ** 2;

export const duration = withUnit<Milliseconds>(parseDuration).refine((ms) => ms <= longest, 'a day is the longest');
/** A limit on a wait: none at all would end it before it begins. */
export const someTime = duration.refine((ms) => ms > 0, 'write more than 0');
export const memory = withUnit<Bytes>(parseSize).refine(
  (size) => size >= leastMemory && size <= Number.MAX_SAFE_INTEGER,
  'a container has 6 MiB at the least',
);
export const link = withUnit<LinkProfile>(parseLinkProfile);
/** How much more: a share, 0.05 for 5 %. */
export const increase = withUnit<number>(parseIncrease);

// YAML reads an unquoted 20.10 as the number 20.1: only quoted values keep what was written.
const quotedText = z.string({
  error: (issue) =>
    typeof issue.input === 'number' || typeof issue.input === 'boolean'
      ? `write the value in quotes, as "${issue.input}"`
      : undefined,
});
export const textMap = z.record(z.string(), quotedText);
