import { posix } from 'node:path';
import { z } from 'zod';
import type { Milliseconds } from '../units.ts';
import { nearestWord } from './nearest-word.ts';
import type { LinkProfile } from './scenario.ts';
import { type Parsed, parseDuration, parseLinkProfile } from './units-text.ts';

/** An object that names the nearest valid key when it meets an unknown one. */
function keyed<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, known) : undefined),
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

const duration = withUnit<Milliseconds>(parseDuration);
const link = withUnit<LinkProfile>(parseLinkProfile);

// YAML reads an unquoted 20.10 as the number 20.1: only quoted values keep what was written.
const quotedText = z.string({
  error: (issue) =>
    typeof issue.input === 'number' || typeof issue.input === 'boolean'
      ? `write the value in quotes, as "${issue.input}"`
      : undefined,
});
const textMap = z.record(z.string(), quotedText);

const filePath = z
  .string()
  .min(1, 'the path is empty')
  .refine((path) => !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..'), {
    error: 'the file must lie inside the context: write its path from the context, without ".."',
  })
  .transform((path) => posix.normalize(path));

const replaceSchema = keyed({
  file: filePath,
  find: z.string().min(1, 'there is nothing to find'),
  with: z.string(),
});
const appendSchema = keyed({ file: filePath, text: z.string().min(1, 'there is nothing to append') });

const editSchema = keyed({ replace: replaceSchema.optional(), append: appendSchema.optional() }).refine(
  (edit) => (edit.replace === undefined) !== (edit.append === undefined),
  'an edit is either replace or append',
);
export type WrittenEdit = z.infer<typeof editSchema>;

const editsOfKind = z
  .array(editSchema)
  .min(1, 'there is no edit in this list')
  .refine((edits) => edits.some((edit) => (edit.replace?.with ?? edit.append?.text ?? '').includes('{{nonce}}')), {
    error: 'none of these edits holds {{nonce}}: the second deploy of this kind would change nothing',
  });

// Names become parts of image tags, container names and folder names. A leading letter also keeps the written order:
// JavaScript moves keys that are whole numbers to the front.
const variantName = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'a variant name is lower-case letters, digits and dashes, beginning with a letter');

const variantSchema = keyed({
  dockerfile: z.string().min(1).default('Dockerfile'),
  context: z.string().min(1).optional(),
  target: z.string().min(1).optional(),
  'build-args': textMap.default({}),
});

/** scenario.yaml as a person writes it, with defaults filled in and units read; paths are still as written. */
export const writtenScenarioSchema = keyed({
  name: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'a scenario name is lower-case letters, digits and dashes')
    .optional(),
  description: z.string().default(''),
  context: z.string().min(1).default('.'),
  variants: z
    .record(variantName, variantSchema)
    .refine((variants) => Object.keys(variants).length > 0, 'there must be at least one variant'),
  app: keyed({ port: z.int().min(1).max(65_535), env: textMap.default({}) }),
  ready: keyed({
    path: z.string().startsWith('/', 'the path must begin with "/"').default('/'),
    status: z.int().min(100).max(599).default(200),
    timeout: duration.prefault('60 s'),
  }).prefault({}),
  edits: keyed({ 'code-edit': editsOfKind.optional() }).default({}),
  links: keyed({
    uplink: link.prefault('100mbps'),
    downlink: link.prefault('100mbps'),
    mirror: link.prefault('unshaped'),
  }).prefault({}),
  timeouts: keyed({ stop: duration.prefault('10 s'), phase: duration.prefault('10 min') }).prefault({}),
});

export type WrittenScenario = z.infer<typeof writtenScenarioSchema>;
