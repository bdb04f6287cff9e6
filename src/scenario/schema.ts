import { posix } from 'node:path';
import { z } from 'zod';
import { parseMetricName } from '../results/metric-name.ts';
import { gatesSchema } from './gate-schema.ts';
import { readySchema } from './ready-schema.ts';
import { builderModes, deployKinds, editedKinds, replacements } from './scenario.ts';
import { duration, keyed, link, memory, someTime, textMap, word } from './schema-parts.ts';

const pathInside = z
  .string()
  .min(1, 'the path is empty')
  .refine((path) => !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..'), {
    error: 'the file must lie inside the context: write its path from the context, without ".."',
  })
  .transform((path) => posix.normalize(path));

const replaceSchema = keyed({
  file: pathInside,
  find: z.string().min(1, 'there is nothing to find'),
  with: z.string(),
});
const appendSchema = keyed({ file: pathInside, text: z.string().min(1, 'there is nothing to append') });
const overlaySchema = z.string().min(1, 'the folder is empty');

const editSchema = keyed({
  replace: replaceSchema.optional(),
  append: appendSchema.optional(),
  overlay: overlaySchema.optional(),
}).refine(
  (edit) => [edit.replace, edit.append, edit.overlay].filter((action) => action !== undefined).length === 1,
  'an edit is one of replace, append and overlay',
);
export type WrittenEdit = z.infer<typeof editSchema>;

// The files of an overlay may hold the nonce: they are looked into when the scenario is resolved.
const editsOfKind = z
  .array(editSchema)
  .min(1, 'there is no edit in this list')
  .refine(
    (edits) =>
      edits.some(
        (edit) => edit.overlay !== undefined || (edit.replace?.with ?? edit.append?.text ?? '').includes('{{nonce}}'),
      ),
    { error: 'none of these edits holds {{nonce}}: the second deploy of this kind would change nothing' },
  );

// Names become parts of image tags, container names and folder names. A leading letter also keeps the written order:
// JavaScript moves keys that are whole numbers to the front.
const variantName = z
  .string()
  .regex(
    /^[a-z](-?[a-z0-9])*$/,
    'a variant name is lower-case letters, digits and single dashes between them, beginning with a letter',
  )
  // A node's host name holds it, beside its role and the round, and may have 63 letters.
  .max(47, 'a variant name has 47 letters at the most');

const builderMode = word(builderModes);

const variantSchema = keyed({
  dockerfile: z.string().min(1).default('Dockerfile'),
  context: z.string().min(1).optional(),
  target: z.string().min(1).optional(),
  'build-args': textMap.default({}),
  builder: builderMode.optional(),
});

/** scenario.yaml as a person writes it, with defaults filled in and units read; paths are still as written. */
export const writtenScenarioSchema = keyed({
  name: z
    .string()
    .regex(/^[a-z0-9](-?[a-z0-9])*$/, 'a scenario name is lower-case letters, digits and single dashes between them')
    .max(100, 'a scenario name has 100 letters at the most')
    .optional(),
  description: z.string().default(''),
  context: z.string().min(1).default('.'),
  variants: z
    .record(variantName, variantSchema)
    .refine((variants) => Object.keys(variants).length > 0, 'there must be at least one variant'),
  builder: builderMode.default('warm'),
  app: keyed({ port: z.int().min(1).max(65_535).optional(), env: textMap.default({}) }).prefault({}),
  ready: readySchema.prefault({}),
  edits: keyed({ 'code-edit': editsOfKind.optional(), 'dependency-edit': editsOfKind.optional() }).default({}),
  links: keyed({
    uplink: link.prefault('100mbps'),
    downlink: link.prefault('100mbps'),
    mirror: link.prefault('unshaped'),
  }).prefault({}),
  server: keyed({
    cpus: z.number().min(0.05, 'a server needs a twentieth of a processor at least').max(1024).optional(),
    memory: memory.optional(),
  }).prefault({}),
  replace: word(replacements).default('stop-first'),
  timeouts: keyed({ stop: duration.prefault('10 s'), phase: someTime.prefault('10 min') }).prefault({}),
  gates: gatesSchema.prefault({}),
}).superRefine(({ app, ready, edits, gates }, context) => {
  if ((ready.check === 'http' || ready.check === 'tcp') && app.port === undefined) {
    const message = `this is missing: a readiness check over ${ready.check} needs the port that the app listens on`;
    context.addIssue({ code: 'custom', path: ['app', 'port'], message });
  }
  for (const { metric } of gates) {
    const kind = parseMetricName(metric, deployKinds)?.kind ?? null;
    const needed = kind === 'rollback' ? editedKinds : editedKinds.filter((each) => each === kind);
    if (needed.length === 0 || needed.some((each) => edits[each] !== undefined)) continue;
    const message = `there is no ${kind} deploy to judge: write edits.${needed.join(' or edits.')}`;
    context.addIssue({ code: 'custom', path: ['gates', metric], message });
  }
});

export type WrittenScenario = z.infer<typeof writtenScenarioSchema>;
