import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schemaFile } from '../../../src/cli/tool.ts';
import { scenarioJsonSchema } from '../../../src/scenario/json-schema.ts';
import { keyNotes } from '../../../src/scenario/key-notes.ts';

interface Part {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly additionalProperties?: Part | boolean;
  readonly items?: Part;
  readonly anyOf?: readonly Part[];
}

/** Every key of the schema, by its path, with the note that an editor shows. */
function keysIn(part: Part, path = ''): [string, string | undefined][] {
  const { properties = {}, additionalProperties, items, anyOf = [] } = part;
  const own = Object.entries(properties).flatMap(([key, inner]): [string, string | undefined][] => {
    const full = path === '' ? key : `${path}.${key}`;
    return [[full, inner.description], ...keysIn(inner, full)];
  });
  const named = typeof additionalProperties === 'object' ? keysIn(additionalProperties, `${path}.*`) : [];
  const ways = anyOf.flatMap((way) => keysIn(way, path));
  return [...own, ...named, ...ways, ...(items === undefined ? [] : keysIn(items, `${path}[]`))];
}

const published = JSON.parse(readFileSync(schemaFile, 'utf8')) as Part;

describe('the published schema', () => {
  it('is up to date; if not: npm run schema', () => {
    expect(published).toEqual(JSON.parse(scenarioJsonSchema()));
  });

  it('explains every key, and nothing else is explained', () => {
    const keys = keysIn(published);
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter(([, description]) => description === undefined)).toEqual([]);
    const used = new Set(keys.map(([, description]) => description));
    const unused = Object.entries(keyNotes).filter(([key, note]) => !used.has(note) && !key.endsWith('.*'));
    expect(unused).toEqual([]);
  });

  it('is that of the written file: with defaults, units as text, and no unknown key', () => {
    expect(published).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
      required: ['variants'],
      properties: {
        ready: { properties: { check: { default: 'http' }, timeout: { type: 'string', default: '60 s' } } },
        builder: { enum: ['warm', 'fresh', 'registry-cache'] },
        server: { properties: { memory: { type: 'string' } } },
        edits: { properties: { 'code-edit': { items: { minProperties: 1, maxProperties: 1 } } } },
        gates: {
          propertyNames: { enum: expect.arrayContaining(['image.bytes', 'code-edit.release', 'rollback.pull.layers']) },
          additionalProperties: {
            anyOf: [{ type: 'string' }, { type: 'number' }, { additionalProperties: false, type: 'object' }],
          },
        },
      },
    });
  });
});
