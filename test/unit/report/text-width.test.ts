import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padEnd, padStart, shorten, textWidth, wrap } from '../../../src/report/text-width.ts';

describe('textWidth', () => {
  it('counts columns: wide characters twice, colours and combining marks not at all', () => {
    expect(['abc', '構築', '\u001b[1mabc\u001b[22m', 'e\u0301'].map(textWidth)).toEqual([3, 4, 3, 1]);
  });
});

describe('padding', () => {
  it('fills to columns and never cuts', () => {
    expect([padStart('構', 4), padEnd('構', 4), padStart('abc', 2)]).toEqual(['  構', '構  ', 'abc']);
  });
});

describe('shorten', () => {
  it('keeps both ends', () => {
    expect(shorten('Dockerfile.production-alpine', 13)).toBe('Docker…alpine');
    expect(shorten('after', 13)).toBe('after');
  });

  it('is never wider than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        expect(textWidth(shorten(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks at spaces and indents what follows', () => {
    expect(wrap('one two three four', 9, '  ')).toEqual(['one two', '  three', '  four']);
  });

  it('leaves a word that is too long whole', () => {
    expect(wrap('see http://example.test/a/long/address now', 10)).toEqual([
      'see',
      'http://example.test/a/long/address',
      'now',
    ]);
  });

  it('loses no word', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (list, width) => {
        expect(wrap(list.join(' '), width).join(' ')).toBe(list.join(' '));
      }),
    );
  });
});
