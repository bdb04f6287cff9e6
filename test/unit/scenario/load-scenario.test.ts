import { symlinkSync } from 'node:fs';
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
  alpha: { dockerfile: docker/Dockerfile, context: other, target: run, build-args: { NODE: "20.10" }, builder: registry-cache }
builder: fresh
app: { port: 8080, env: { MODE: fast } }
ready: { path: /healthz, status: 204, body: ok$, successes: 3, timeout: 500 ms }
edits:
  code-edit:
    - replace: { file: ./src/release.ts, find: "'initial'", with: "'{{nonce}}'" }
    - append: { file: src/release.ts, text: "// {{nonce}}" }
  dependency-edit: [{ overlay: bump }]
links: { uplink: 20mbps/30ms, downlink: lan, mirror: 1gbps }
server: { cpus: 0.5, memory: 512 MB }
replace: start-first
timeouts: { stop: 2 s, phase: 3 min }
gates:
  code-edit.release: 30 s
  image.bytes: { budget: 300 MB, level: warn }
`,
      'api/Dockerfile.before': 'FROM a',
      'api/docker/Dockerfile': 'FROM b',
      'api/app/src/release.ts': "'initial'",
      'api/other/src/release.ts': "'initial'",
      'api/bump/lock.txt': '{{nonce}}',
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
          builder: 'fresh',
          ref: null,
          links: null,
        },
        {
          name: 'alpha',
          dockerfile: join(folder, 'docker/Dockerfile'),
          context: join(folder, 'other'),
          target: 'run',
          buildArgs: { NODE: '20.10' },
          builder: 'registry-cache',
          ref: null,
          links: null,
        },
      ],
      app: { port: 8080, env: { MODE: 'fast' } },
      ready: { check: 'http', path: '/healthz', status: 204, body: 'ok$', successes: 3, timeout: 500 },
      edits: {
        'code-edit': [
          { action: 'replace', file: 'src/release.ts', find: "'initial'", with: "'{{nonce}}'" },
          { action: 'append', file: 'src/release.ts', text: '// {{nonce}}' },
        ],
        'dependency-edit': [{ action: 'overlay', folder: join(folder, 'bump') }],
      },
      links: {
        uplink: { label: '20mbps/30ms', rate: 20e6, roundTrip: 30 },
        downlink: { label: 'lan', rate: 1e9, roundTrip: 0.2 },
        mirror: { label: '1gbps', rate: 1e9, roundTrip: 0 },
      },
      server: { cpus: 0.5, memory: 512e6 },
      replace: 'start-first',
      stopTimeout: 2000,
      phaseTimeout: 180_000,
      gates: [
        {
          metric: 'code-edit.release',
          budget: 30_000,
          maxIncrease: null,
          floorMs: 200,
          level: 'error',
          erratic: false,
        },
        { metric: 'image.bytes', budget: 300e6, maxIncrease: null, floorMs: 200, level: 'warn', erratic: false },
      ],
      assumed: [],
    });
    expect(loadScenario(join('api', 'scenario.yaml'), cwd, nowhere)).toEqual(scenario);
  });

  it('has defaults for what is not written', () => {
    const scenario = loadScenario('.', folderFor(minimal), nowhere);
    expect(scenario.name).toMatch(/^deployclock-test-[a-z0-9-]+$/);
    expect(scenario.ready).toEqual({
      ...{ check: 'http', path: '/', status: 200, body: null, successes: 1, timeout: 60_000 },
    });
    expect(scenario.server).toEqual({ cpus: null, memory: null });
    expect([scenario.replace, scenario.variants[0].builder]).toEqual(['stop-first', 'warm']);
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
    ['an unknown key near none', [...minimal, 'ready: { z: 1 }'], 'the keys here are check, path, status, body'],
    ['a missing key', minimal.slice(2), 'scenario.yaml:1:1: variants: this is missing'],
    ['a missing port', [...minimal.slice(0, 2), 'app: {}'], 'scenario.yaml:3:1: app.port: this is missing'],
    [
      'a word that is not known',
      [...minimal, 'replace: start-frist'],
      'scenario.yaml:4:10: replace: "start-frist" is not known here: did you mean "start-first"?',
    ],
    [
      'a setting of another check',
      [...minimal, 'ready: { check: tcp, path: / }'],
      'scenario.yaml:4:28: ready.path: this belongs to "check: http", and the check here is tcp',
    ],
    [
      'a log check without a pattern',
      [...minimal, 'ready: { check: log }'],
      'ready.check: a log check needs a pattern',
    ],
    ['a pattern that is none', [...minimal, 'ready: { body: "(" }'], 'scenario.yaml:4:16: ready.body: '],
    [
      'a size without a unit',
      [...minimal, 'server: { memory: 512 }'],
      'scenario.yaml:4:19: server.memory: 512 has no unit: write "512 MB"',
    ],
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
    ['a limit of nothing', [...minimal, 'ready: { timeout: 0 s }'], 'ready.timeout: write more than 0'],
    ['a limit beyond all timers', [...minimal, 'timeouts: { phase: 1000 h }'], 'a day is the longest'],
    ['no memory at all', [...minimal, 'server: { memory: 0 MB }'], 'a container has 6 MiB at the least'],
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
    expect(error.excerpt).not.toContain('an edit is one of');
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

  it('cannot be below a file', () => {
    const dockerfile = failure(['variants:', '  only: { dockerfile: src/release.ts/x }', 'app: { port: 1 }']);
    expect(dockerfile.code).toBe('DOCKERFILE_NOT_FOUND');
    expect(failure([...minimal, 'context: src/release.ts/x']).code).toBe('SCENARIO_INVALID');
    const edit = failure([
      ...minimal,
      'edits: { code-edit: [{ append: { file: src/release.ts/x, text: "{{nonce}}" } }] }',
    ]);
    expect(edit.code).toBe('EDIT_FAILED');
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
      'an edit is one of replace, append and overlay',
    ],
    ['no action', '{}', 'an edit is one of replace, append and overlay'],
    ['an unknown action', 'apend: { file: a, text: b }', 'did you mean "append"?'],
    ['a file outside the context', 'append: { file: ../secret, text: "{{nonce}}" }', 'must lie inside the context'],
    ['no nonce', 'append: { file: src/release.ts, text: b }', 'none of these edits holds {{nonce}}'],
  ])('must not have %s', (_, edit, message) => {
    const error = failure(withEdits(edit));
    expect(error.code).toBe('SCENARIO_INVALID');
    expect(`${error.message}${error.excerpt}`).toContain(message);
  });

  it.each([
    ['a folder that is not there', {}, 'there is no folder with files at "over"'],
    ['files without a nonce', { 'over/a.txt': 'a' }, 'hold {{nonce}}'],
  ])('must not overlay %s', (_, files, message) => {
    const lines = withEdits('overlay: over');
    const cwd = folderWith({ ...appFiles, ...files, 'scenario.yaml': lines.join('\n') });
    expect(errorOf(() => loadScenario('.', cwd, nowhere)).message).toContain(message);
  });

  it('of one kind must fit on those of the other, which lie below them in a lap', () => {
    const both = [
      ...withEdits('replace: { file: src/release.ts, find: initial, with: "{{nonce}}" }'),
      '  dependency-edit:',
      '    - replace: { file: src/release.ts, find: initial, with: "other {{nonce}}" }',
    ];
    expect(failure(both).message).toContain('scenario.yaml:8:46: this text does not occur');
    const over = [...both.slice(0, -1), '    - overlay: over'];
    const files = { ...appFiles, 'over/src/release.ts': '{{nonce}}', 'scenario.yaml': over.join('\n') };
    expect(errorOf(() => loadScenario('.', folderWith(files), nowhere)).message).toContain(
      'would undo the edit of another kind',
    );
  });

  it('must not go through a symbolic link, which is told with its place', () => {
    const shared = folderWith({ 'config.js': "'initial'" });
    const lines = withEdits('append: { file: lib/config.js, text: "{{nonce}}" }');
    const cwd = folderFor(lines);
    symlinkSync(shared, join(cwd, 'lib'));
    const error = errorOf(() => loadScenario('.', cwd, nowhere));
    expect(error.code).toBe('EDIT_FAILED');
    expect(error.message).toContain('scenario.yaml:6:23: "lib" is a symbolic link');
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
  const bundled = join(import.meta.dirname, '../../../scenarios');

  it.each([
    ['node-api', ['code-edit', 'dependency-edit'], ['node:20'], ['node:20-slim', 'node:20']],
    ['static-site', ['code-edit', 'dependency-edit'], ['node:20'], ['nginx:1.22', 'node:20-slim']],
    ['c-service', ['code-edit'], ['gcc:12'], ['debian:bookworm-slim', 'gcc:12']],
  ])('%s loads, and its edits fit its app', (name, kinds, ...bases) => {
    const scenario = loadScenario(name, folderWith({}), bundled);
    expect(scenario.variants.map((variant) => variant.name)).toEqual(['before', 'after']);
    expect(Object.keys(scenario.edits)).toEqual(kinds);
    const found = scenario.variants.map(({ dockerfile }) => readDockerfile(dockerfile, bundled).baseImages);
    expect(found.map((images) => images.toSorted())).toEqual(bases.map((images) => images.toSorted()));
  });
});

describe('the schema', () => {
  it('can be published as JSON Schema, for editors', () => {
    const published = z.toJSONSchema(writtenScenarioSchema, { io: 'input' });
    expect(published).toMatchObject({
      additionalProperties: false,
      required: ['variants'],
      properties: { ready: { properties: { timeout: { type: 'string', default: '60 s' } } } },
    });
  });
});
