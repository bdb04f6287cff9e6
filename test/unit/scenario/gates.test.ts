import { describe, expect, it } from 'vitest';
import type { DeployclockError } from '../../../src/errors.ts';
import { loadScenario } from '../../../src/scenario/load-scenario.ts';
import type { Gate } from '../../../src/scenario/scenario.ts';
import { errorOf, folderWith } from './folder.ts';

/** Gates begin at line 5 of this file. */
const scenario = [
  'variants: { only: {} }',
  'app: { port: 3000 }',
  'edits: { code-edit: [{ append: { file: a.js, text: "{{nonce}}" } }] }',
  'gates:',
];

function folderFor(gates: readonly string[]): string {
  const text = [...scenario, ...gates.map((line) => `  ${line}`)].join('\n');
  return folderWith({ Dockerfile: 'FROM a', 'a.js': '', 'scenario.yaml': text });
}

function gatesOf(...gates: string[]): readonly Gate[] {
  return loadScenario('.', folderFor(gates), '/nowhere').gates;
}

function failure(...gates: string[]): DeployclockError {
  return errorOf(() => loadScenario('.', folderFor(gates), '/nowhere'));
}

const usual = { budget: null, maxIncrease: null, floorMs: 200, level: 'error', erratic: false };

describe('gates', () => {
  it('are read in the order in which they are written', () => {
    expect(
      gatesOf(
        'code-edit.release: 30 s',
        'image.bytes: { budget: 300 MB, level: warn }',
        'first.pull: { budget: 15 s, erratic: true }',
        'code-edit.build: { max-slowdown: 5 %, floor: 500 ms }',
        'code-edit.pull.bytes: { max-growth: 0 % }',
        'image.layers: 12',
        'rollback.release: { budget: 1 min, max-slowdown: 12.5%, level: off }',
      ),
    ).toEqual([
      { ...usual, metric: 'code-edit.release', budget: 30_000 },
      { ...usual, metric: 'image.bytes', budget: 300e6, level: 'warn' },
      { ...usual, metric: 'first.pull', budget: 15_000, erratic: true },
      { ...usual, metric: 'code-edit.build', maxIncrease: 0.05, floorMs: 500 },
      { ...usual, metric: 'code-edit.pull.bytes', maxIncrease: 0 },
      { ...usual, metric: 'image.layers', budget: 12 },
      { ...usual, metric: 'rollback.release', budget: 60_000, maxIncrease: 0.125, level: 'off' },
    ]);
  });

  it('are none where none are written', () => {
    const cwd = folderWith({ Dockerfile: 'FROM a', 'scenario.yaml': scenario.slice(0, 2).join('\n') });
    expect(loadScenario('.', cwd, '/nowhere').gates).toEqual([]);
  });

  it.each([
    [
      'an unknown metric',
      'code-edit.relase: 30 s',
      '5:3: gates.code-edit.relase: there is no metric "code-edit.relase": did you mean "code-edit.release"?',
    ],
    [
      'a metric without a kind',
      'pull: 30 s',
      '5:3: gates.pull: there is no metric "pull": did you mean "code-edit.pull"?',
    ],
    ['a time for bytes', 'image.bytes: 30 s', '5:16: gates.image.bytes: "30 s" is not a size: write "512 MB"'],
    ['bytes for a time', 'first.pull: { budget: 15 MB }', '5:25: gates.first.pull.budget: "15 MB" is not a duration'],
    ['no unit', 'first.pull: 15', '5:15: gates.first.pull: 15 has no unit: write "15 s"'],
    ['a unit for a count', 'image.layers: 12 MB', '5:17: gates.image.layers: "12 MB" is not a count'],
    [
      'a share without its sign',
      'code-edit.build: { max-slowdown: 5 }',
      '5:36: gates.code-edit.build.max-slowdown: 5 has no unit: write "5 %"',
    ],
    [
      'growth of a time',
      'code-edit.build: { max-growth: 5 % }',
      '5:34: gates.code-edit.build.max-growth: this metric is a time: write max-slowdown',
    ],
    [
      'slow-down of a fact',
      'image.bytes: { max-slowdown: 5 % }',
      '5:32: gates.image.bytes.max-slowdown: this metric is a fact: write max-growth',
    ],
    [
      'a floor without a slow-down',
      'code-edit.build: { budget: 5 s, floor: 1 s }',
      '5:42: gates.code-edit.build.floor: a floor belongs to max-slowdown',
    ],
    [
      'no limit',
      'code-edit.build: { level: warn }',
      '5:20: gates.code-edit.build: this gate limits nothing: write budget or max-slowdown',
    ],
    [
      'an unknown key',
      'code-edit.build: { max-slow-down: 5 % }',
      '5:22: unknown key "max-slow-down": did you mean "max-slowdown"?',
    ],
    [
      'an unknown level',
      'code-edit.build: { budget: 5 s, level: wran }',
      '5:42: gates.code-edit.build.level: "wran" is not known here: did you mean "warn"?',
    ],
    ['a word for yes', 'image.bytes: { budget: 1 MB, erratic: yes }', 'expected true or false, found the text "yes"'],
    ['a list', 'image.bytes: [1 MB]', '5:16: gates.image.bytes: a gate is a budget, as "30 s", or keys and values'],
    ['nothing', 'image.bytes:', 'gates.image.bytes: a gate is a budget, as "30 s", or keys and values'],
    [
      'a list as a budget',
      'image.bytes: { budget: [] }',
      '5:26: gates.image.bytes.budget: write a budget as the metric is',
    ],
    [
      'a kind that has no edits',
      'dependency-edit.release: 1 min',
      '5:28: gates.dependency-edit.release: there is no dependency-edit deploy to judge: write edits.dependency-edit',
    ],
  ])('must not have %s', (_, gate, message) => {
    const error = failure(gate);
    expect(error.code).toBe('SCENARIO_INVALID');
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^scenario\.yaml:\d+:\d+: /);
    expect(error.excerpt).toContain(gate);
    expect(error.excerpt).toContain('^');
  });

  it('of a rollback need an edit to go back from', () => {
    const text = [...scenario.slice(0, 2), 'gates: { rollback.release: 1 min }'].join('\n');
    const cwd = folderWith({ Dockerfile: 'FROM a', 'scenario.yaml': text });
    expect(errorOf(() => loadScenario('.', cwd, '/nowhere')).message).toContain(
      'there is no rollback deploy to judge: write edits.code-edit or edits.dependency-edit',
    );
  });

  it.each([
    [
      ['image.bytes: 30 s', 'first.pull: 15', 'first.stop: { level: warn }'],
      ['5:16', '6:15', '7:15'],
    ],
    [
      ['relase: 1 s', 'lease: 1 s', 'first.stop: { level: wran }', 'first.start: { max-slowdown: 5 }'],
      ['5:3', '6:3', '7:24', '8:32'],
    ],
  ])('are told of all at once where several are wrong', (gates, places) => {
    const error = failure(...gates);
    const told = `${error.message}\n${error.excerpt}`;
    for (const place of places) expect(told).toContain(`scenario.yaml:${place}: `);
  });
});
