import { describe, expect, it } from 'vitest';
import { errorAt, sourceExcerpt } from '../../../src/scenario/source-excerpt.ts';

describe('sourceExcerpt', () => {
  it('numbers the lines and puts the caret under the column', () => {
    const text = 'one\ntwo\nthree\nfour\n';
    expect(sourceExcerpt(text, { line: 3, column: 2 })).toBe('1 | one\n2 | two\n3 | three\n  |  ^');
  });

  it('aligns line numbers of different lengths', () => {
    const text = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`).join('\n');
    expect(sourceExcerpt(text, { line: 10, column: 1 })).toBe(' 8 | line 8\n 9 | line 9\n10 | line 10\n   | ^');
  });

  it('keeps tabs before the caret, so that it stays under its letter', () => {
    expect(sourceExcerpt('\ta\tb', { line: 1, column: 4 })).toBe('1 | \ta\tb\n  | \t \t^');
  });

  it('shows the part of a very long line that the place is in', () => {
    const text = `${'a'.repeat(500)}X${'b'.repeat(500)}`;
    const [line = '', caret = ''] = sourceExcerpt(text, { line: 1, column: 501 }).split('\n');
    expect(line.length).toBeLessThan(130);
    expect(line[caret.indexOf('^')]).toBe('X');
  });

  it('copes with a place past the end', () => {
    expect(sourceExcerpt('a', { line: 9, column: 1 })).toBe('1 | a\n  | ^');
  });

  it('leaves out the carriage returns of Windows', () => {
    expect(sourceExcerpt('a\r\nb\r\n', { line: 2, column: 1 })).toBe('1 | a\n2 | b\n  | ^');
  });
});

describe('errorAt', () => {
  it('begins with a place that editors can open', () => {
    const error = errorAt('SCENARIO_INVALID', { path: 'a/b.yaml', text: 'x: y' }, { line: 1, column: 4 }, 'bad y');
    expect(error.message).toBe('a/b.yaml:1:4: bad y');
    expect(error.excerpt).toBe('1 | x: y\n  |    ^');
  });
});
