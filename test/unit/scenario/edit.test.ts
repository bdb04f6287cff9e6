import { describe, expect, it } from 'vitest';
import { editOf, editText } from '../../../src/scenario/edit.ts';

describe('editText', () => {
  it('appends, with the nonce filled in', () => {
    const edit = { action: 'append', file: 'a', text: '// {{nonce}} {{nonce}}\n' } as const;
    expect(editText('a\n', edit, 'n1')).toBe('a\n// n1 n1\n');
  });

  it('replaces every occurrence, taking both texts literally', () => {
    const edit = { action: 'replace', file: 'a', find: 'x.', with: '$&{{nonce}}' } as const;
    expect(editText('x. xy x.', edit, '$1')).toBe('$&$1 xy $&$1');
  });

  it('is null where the text does not occur', () => {
    expect(editText('abc', { action: 'replace', file: 'a', find: 'x', with: 'y' }, 'n')).toBeNull();
  });
});

describe('editOf', () => {
  it('names the action', () => {
    expect(editOf({ append: { file: 'a', text: 'b' } }, '/scenario')).toEqual({
      action: 'append',
      file: 'a',
      text: 'b',
    });
    const replace = { file: 'a', find: 'b', with: 'c' };
    expect(editOf({ replace }, '/scenario')).toEqual({ action: 'replace', ...replace });
    expect(editOf({ overlay: 'edits/code' }, '/scenario')).toEqual({
      action: 'overlay',
      folder: '/scenario/edits/code',
    });
  });
});
