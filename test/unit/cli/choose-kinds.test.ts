import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseKinds } from '../../../src/cli/choose-kinds.ts';
import { loadScenario } from '../../../src/scenario/load-scenario.ts';
import { deployKinds } from '../../../src/scenario/scenario.ts';
import { errorOf } from '../scenario/folder.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/scenarios');
const tiny = loadScenario('tiny', fixtures, fixtures);
const withoutEdits = { ...tiny, edits: {} };

test('with every edit written, every kind is run', () => {
  expect(chooseKinds(tiny, undefined, false)).toEqual({ kinds: deployKinds, skipped: [] });
});

test('a kind whose edit is not written is skipped, and so is what depends on it; both are said', () => {
  const { kinds, skipped } = chooseKinds(withoutEdits, undefined, false);
  expect(kinds).toEqual(['first', 'no-change', 'new-server']);
  expect(skipped.map(({ kind }) => kind)).toEqual(['code-edit', 'dependency-edit', 'rollback']);
  expect(skipped[0]?.why).toContain('no edit for it');
  expect(skipped[2]?.why).toContain('no other release to go back to');
});

test('an existing server cannot be new', () => {
  expect(chooseKinds(tiny, undefined, true).skipped).toEqual([
    { kind: 'new-server', why: 'an existing engine cannot be made anew' },
  ]);
  expect(errorOf(() => chooseKinds(tiny, 'first,new-server', true)).message).toContain('new-server cannot be run');
});

test('a list is put into the order of a lap, each kind once', () => {
  expect(chooseKinds(tiny, 'rollback, code-edit,first,code-edit', false).kinds).toEqual([
    'first',
    'code-edit',
    'rollback',
  ]);
});

test.each([
  ['code-edit', 'Every lap begins with a first deploy', '--kinds first,code-edit'],
  ['first,rollback', 'rollback cannot be run', '--kinds first,code-edit,rollback'],
  ['first,code-edti', 'Did you mean "code-edit"?', 'Known: first, '],
])('--kinds %s is refused', (list, message, hint) => {
  const error = errorOf(() => chooseKinds(tiny, list, false));
  expect(error.code).toBe('USAGE');
  expect(error.message).toContain(message);
  expect(error.hint).toContain(hint);
});

test('a kind that was asked for and has no edit is refused, with where to write it', () => {
  const error = errorOf(() => chooseKinds(withoutEdits, 'first,dependency-edit', false));
  expect(error.hint).toContain('edits.dependency-edit');
});
