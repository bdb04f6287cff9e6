import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DeployclockError } from '../../../src/errors.ts';
import { readDockerfile } from '../../../src/scenario/dockerfile.ts';
import { loadScenario } from '../../../src/scenario/load-scenario.ts';
import { writtenScenarioSchema } from '../../../src/scenario/schema.ts';
import { errorOf, folderWith } from './folder.ts';

const minimal = ['variants:', '  only: { dockerfile: Dockerfile }', 'app: { port: 3000 }'];
const appFiles = {
  Dockerfile: 'FROM a',
  'src/release.ts': "'initial'",
  '.dockerignore': 'ignored\n',
  'ignored/a.ts': 'a',
};
const nowhere = '/nowhere';

function folderFor(lines: readonly string[]): string {
  return folderWith({ ...appFiles, 'scenario.yaml': lines.join('\n') });
}

function failure(lines: readonly string[]): DeployclockError {
  return errorOf(() => loadScenario('.', folderFor(lines), nowhere));
}

describe('a valid scenario', () => {
  it('is resolved in full', () => {
    const cwd = folderWith({
      'api/scenario.yaml': `
name: my-api
description: two ways
context: app
variants:
  zulu: { dockerfile: Dockerfile.before }
  alpha: { dockerfile: docker/Dockerfile, context: other, target: run, build-args: { NODE: "20.10" } }
app: { port: 8080, env: { MODE: fast } }
ready: { path: /healthz, status: 204, timeout: 500 ms }
edits:
  code-edit:
    - replace: { file: ./src/release.ts, find: "'initial'", with: "'{{nonce}}'" }
    - append: { file: src/release.ts, text: "// {{nonce}}" }
links: { uplink: 20mbps/30ms, downlink: lan, mirror: 1gbps }
timeouts: { stop: 2 s, phase: 3 min }
`,
      'api/Dockerfile.before': 'FROM a',
      'api/docker/Dockerfile': 'FROM b',
      'api/app/src/release.ts': "'initial'",
      'api/other/src/release.ts': "'initial'",
    });
    const folder = join(cwd, 'api');
    const scenario = loadScenario('api', cwd, nowhere);
    expect(scenario).toEqual({
      name: 'my-api',
      description: 'two ways',
      folder,
      variants: [
        {
          name: 'zulu',
          dockerfile: join(folder, 'Dockerfile.before'),
          context: join(folder, 'app'),
          target: null,
          buildArgs: {},
        },
        {
          name: 'alpha',
          dockerfile: join(folder, 'docker/Dockerfile'),
          context: join(folder, 'other'),
          target: 'run',
          buildArgs: { NODE: '20.10' },
        },
      ],
      app: { port: 8080, env: { MODE: 'fast' } },
      ready: { path: '/healthz', status: 204, timeout: 500 },
      edits: {
        'code-edit': [
          { action: 'replace', file: 'src/release.ts', find: "'initial'", with: "'{{nonce}}'" },
          { action: 'append', file: 'src/release.ts', text: '// {{nonce}}' },
        ],
      },
      links: {
        uplink: { label: '20mbps/30ms', rate: 20e6, roundTrip: 30 },
        downlink: { label: 'lan', rate: 1e9, roundTrip: 0.2 },
        mirror: { label: '1gbps', rate: 1e9, roundTrip: 0 },
      },
      stopTimeout: 2000,
      phaseTimeout: 180_000,
    });
    expect(loadScenario(join('api', 'scenario.yaml'), cwd, nowhere)).toEqual(scenario);
  });

  it('has defaults for what is not written', () => {
    const scenario = loadScenario('.', folderFor(minimal), nowhere);
    expect(scenario.name).toMatch(/^deployclock-test-[a-z0-9-]+$/);
    expect(scenario.ready).toEqual({ path: '/', status: 200, timeout: 60_000 });
    expect(scenario.edits).toEqual({});
    expect(scenario.links).toEqual({
      uplink: { label: '100mbps', rate: 100e6, roundTrip: 0 },
      downlink: { label: '100mbps', rate: 100e6, roundTrip: 0 },
      mirror: { label: 'unshaped', rate: null, roundTrip: 0 },
    });
    expect([scenario.stopTimeout, scenario.phaseTimeout]).toEqual([10_000, 600_000]);
  });
});

describe('finding a scenario', () => {
  const bundled = () => folderWith({ 'node-api/scenario.yaml': minimal.join('\n'), 'node-api/Dockerfile': 'FROM a' });

  it('takes a bundled one by name', () => {
    expect(loadScenario('node-api', folderWith({}), bundled()).name).toBe('node-api');
  });

  it('names the nearest bundled one', () => {
    const error = errorOf(() => loadScenario('node-app', folderWith({}), bundled()));
    expect(error.code).toBe('SCENARIO_NOT_FOUND');
    expect(error.message).toContain('Did you mean "node-api"?');
  });

  it('lists the bundled ones where none is near', () => {
    const error = errorOf(() => loadScenario('.', folderWith({}), bundled()));
    expect(error.message).toContain('the bundled ones are node-api');
  });
});

describe('a mistake in the file', () => {
  it.each([
    ['broken YAML', ['variants: {', 'app: 3'], /^scenario\.yaml:\d+:\d+: /],
    ['a key written twice', [...minimal, 'app: { port: 1 }'], 'scenario.yaml:4:1: Map keys must be unique'],
    ['an empty file', ['# nothing'], 'scenario.yaml:1:1: the file is empty'],
    ['a list', ['- a'], 'scenario.yaml:1:1: expected keys and values, found a list'],
    [
      'an unknown key',
      [...minimal, 'varients: {}'],
      'scenario.yaml:4:1: unknown key "varients": did you mean "variants"?',
    ],
    [
      'an unknown key inside',
      [...minimal, 'ready: { pth: / }'],
      'scenario.yaml:4:10: unknown key "pth": did you mean "path"?',
    ],
    ['an unknown key near none', [...minimal, 'ready: { z: 1 }'], 'the keys here are path, status, timeout'],
    ['a missing key', minimal.slice(0, 2), 'scenario.yaml:1:1: app: this is missing'],
    ['a missing key inside', [...minimal.slice(0, 2), 'app: {}'], 'scenario.yaml:3:1: app.port: this is missing'],
    [
      'a wrong type',
      [...minimal.slice(0, 2), 'app: { port: web }'],
      'scenario.yaml:3:14: app.port: expected a number, found the text "web"',
    ],
    ['nothing', [...minimal, 'ready:'], 'scenario.yaml:4:7: ready: expected keys and values, found nothing'],
    ['a port out of range', [...minimal.slice(0, 2), 'app: { port: 70000 }'], 'app.port: must be at most 65535'],
    [
      'no variants',
      ['variants: {}', 'app: { port: 1 }'],
      'scenario.yaml:1:11: variants: there must be at least one variant',
    ],
    [
      'a bad variant name',
      ['variants:', '  Big One: {}', 'app: { port: 1 }'],
      'scenario.yaml:2:3: variants.Big One: a variant name is',
    ],
    [
      'a duration without a unit',
      [...minimal, 'ready: { timeout: 60 }'],
      'scenario.yaml:4:19: ready.timeout: 60 has no unit: write "60 s"',
    ],
    [
      'a wrong unit',
      [...minimal, 'timeouts: { stop: 3 weeks }'],
      'scenario.yaml:4:19: timeouts.stop: "3 weeks" is not a duration',
    ],
    [
      'a link without a unit',
      [...minimal, 'links: { uplink: 100 }'],
      'scenario.yaml:4:18: links.uplink: "100" has no unit',
    ],
    [
      'an unquoted value',
      [...minimal.slice(0, 2), 'app: { port: 1, env: { A: 20.10 } }'],
      'scenario.yaml:3:27: app.env.A: write the value in quotes',
    ],
  ])('tells %s', (_, lines, message) => {
    const error = failure(lines);
    expect(error.code).toBe('SCENARIO_INVALID');
    expect(error.message).toMatch(message);
    expect(error.excerpt).toContain('^');
  });

  it('tells every mistake, each with its place', () => {
    const error = failure(['varients: {}', 'app: { port: 0 }']);
    const told = `${error.message}\n${error.excerpt}`;
    expect(told).toContain('scenario.yaml:2:14: app.port: must be at least 1');
    expect(told).toContain('scenario.yaml:1:1: unknown key "varients"');
    expect(told).toContain('variants: this is missing');
  });

  it('leaves out what only follows from another mistake', () => {
    const error = failure([...minimal, 'edits:', '  code-edit: [{ apend: { file: a } }]']);
    expect(error.message).toContain('unknown key "apend"');
    expect(error.excerpt).not.toContain('an edit is either');
    expect(error.excerpt).not.toContain('{{nonce}}');
  });

  it('is named relative to the working folder', () => {
    const cwd = folderWith({ 'a/b/scenario.yaml': 'nonsense: 1' });
    const error = errorOf(() => loadScenario(join('a', 'b'), cwd, nowhere));
    expect(error.message.startsWith(`${join('a', 'b', 'scenario.yaml')}:1:`)).toBe(true);
  });
});

describe('what the file names on disk', () => {
  it('must have its Dockerfiles', () => {
    const error = failure(['variants:', '  only: { dockerfile: Dockerfile.gone }', 'app: { port: 1 }']);
    expect(error.code).toBe('DOCKERFILE_NOT_FOUND');
    expect(error.message).toContain('scenario.yaml:2:23: the Dockerfile "Dockerfile.gone"');
  });

  it('must have its contexts', () => {
    const error = failure([...minimal, 'context: gone']);
    expect(error.code).toBe('SCENARIO_INVALID');
    expect(error.message).toContain('scenario.yaml:4:10: the context "gone"');
  });
});

describe('edits', () => {
  const withEdits = (...edits: string[]) => [
    ...minimal,
    'edits:',
    '  code-edit:',
    ...edits.map((edit) => `    - ${edit}`),
  ];

  it.each([
    [
      'a file that is not there',
      'append: { file: src/gone.ts, text: "{{nonce}}" }',
      '6:23: the context . has no file "src/gone.ts"',
    ],
    [
      'a file that is ignored',
      'append: { file: ignored/a.ts, text: "{{nonce}}" }',
      '6:23: the context . has no file "ignored/a.ts"',
    ],
    [
      'a text that does not occur',
      'replace: { file: src/release.ts, find: gone, with: "{{nonce}}" }',
      '6:46: this text does not occur',
    ],
  ])('must not name %s', (_, edit, message) => {
    const error = failure(withEdits(edit));
    expect(error.code).toBe('EDIT_FAILED');
    expect(error.message).toContain(`scenario.yaml:${message}`);
  });

  it.each([
    [
      'two actions at once',
      '{ append: { file: a, text: "{{nonce}}" }, replace: { file: a, find: b, with: c } }',
      'an edit is either replace or append',
    ],
    ['no action', '{}', 'an edit is either replace or append'],
    ['an unknown action', 'apend: { file: a, text: b }', 'did you mean "append"?'],
    ['a file outside the context', 'append: { file: ../secret, text: "{{nonce}}" }', 'must lie inside the context'],
    ['no nonce', 'append: { file: src/release.ts, text: b }', 'none of these edits holds {{nonce}}'],
  ])('must not have %s', (_, edit, message) => {
    const error = failure(withEdits(edit));
    expect(error.code).toBe('SCENARIO_INVALID');
    expect(`${error.message}${error.excerpt}`).toContain(message);
  });

  it('may build on one another in the same file', () => {
    const lines = withEdits(
      'replace: { file: src/release.ts, find: "\'initial\'", with: "second {{nonce}}" }',
      'replace: { file: src/release.ts, find: second, with: third }',
    );
    expect(loadScenario('.', folderFor(lines), nowhere).edits['code-edit']).toHaveLength(2);
  });
});

describe('the bundled scenarios', () => {
  it('node-api loads, and its edit fits its app', () => {
    const bundled = join(import.meta.dirname, '../../../scenarios');
    const scenario = loadScenario('node-api', folderWith({}), bundled);
    expect(scenario.variants.map(({ name }) => name)).toEqual(['before', 'after']);
    expect(scenario.edits['code-edit']).toHaveLength(1);
    const [before, after] = scenario.variants.map(({ dockerfile }) => readDockerfile(dockerfile, bundled).baseImages);
    expect(before).toEqual(['node:20']);
    expect(after).toEqual(['node:20-slim', 'node:20']);
  });
});

describe('the schema', () => {
  it('can be published as JSON Schema, for editors', () => {
    const published = z.toJSONSchema(writtenScenarioSchema, { io: 'input' });
    expect(published).toMatchObject({
      additionalProperties: false,
      required: ['variants', 'app'],
      properties: { ready: { properties: { timeout: { type: 'string', default: '60 s' } } } },
    });
  });
});
