import { expect, test } from 'vitest';
import { repeatsFrom } from '../../../src/cli/repeat-option.ts';
import { errorOf } from '../scenario/folder.ts';

test('says how often each kind is deployed in a round', () => {
  expect(repeatsFrom([])).toEqual({});
  expect(repeatsFrom(['code-edit=5', 'rollback=2'])).toEqual({ 'code-edit': 5, rollback: 2 });
});

test.each([
  ['code-edit', 'write a whole number from 1 to 100'],
  ['code-edit=', 'write a whole number from 1 to 100'],
  ['code-edit=0', 'write a whole number from 1 to 100'],
  ['code-edit=1.5', 'write a whole number from 1 to 100'],
  ['code-edit=1000', 'write a whole number from 1 to 100'],
  ['code=5', 'There is no deploy kind "code"'],
  ['first=2', 'a lap has one first deploy'],
])('--repeat %s is refused', (option, message) => {
  const error = errorOf(() => repeatsFrom([option]));
  expect(error.code).toBe('USAGE');
  expect(error.message).toContain(message);
});
