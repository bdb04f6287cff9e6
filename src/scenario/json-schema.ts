import { z } from 'zod';
import { keyNotes } from './key-notes.ts';
import { writtenScenarioSchema } from './schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The schema of scenario.yaml for editors, as a text of JSON, from the same source as the checks of `deployclock run`. */
export function scenarioJsonSchema(): string {
  // Editors' YAML support is at home in draft 7.
  const schema = z.toJSONSchema(writtenScenarioSchema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  const { $schema, ...rest } = withNotes(schema, '');
  return `${JSON.stringify({ $schema, title: 'scenario.yaml of deployclock', ...rest }, null, 2)}\n`;
}

/** The schema with a note at each of its keys. */
function withNotes(schema: JsonSchema, path: string): JsonSchema {
  const { format, properties, additionalProperties, items, anyOf, ...rest } = schema;
  const description = keyNotes[path];
  return {
    ...(description === undefined ? {} : { description }),
    ...rest,
    // zod's own name for a pattern that is also there.
    ...(format === undefined || format === 'starts_with' ? {} : { format }),
    ...(properties === undefined ? {} : { properties: notedProperties(properties, path) }),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: notedPart(additionalProperties, `${path}.*`) }),
    // The ways of writing it share its note, and the keys of the one that has some are noted.
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((way) => withoutNote(withNotes(way, path))) }),
    ...(isSchema(items) ? { items: { ...withNotes(items, 'edit'), minProperties: 1, maxProperties: 1 } } : {}),
  };
}

function withoutNote({ description: _, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

function notedProperties(properties: Readonly<Record<string, unknown>>, path: string): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, part]) => [
      key,
      isSchema(part) ? withNotes(part, path === '' ? key : `${path}.${key}`) : {},
    ]),
  );
}

function notedPart(part: unknown, path: string): JsonSchema | boolean {
  return isSchema(part) ? withNotes(part, path) : part === true;
}

function isSchema(part: unknown): part is JsonSchema {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
