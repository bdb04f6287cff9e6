import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeLine, safeLines, safeTexts } from '../../../src/report/safe-text.ts';

describe('safeLine', () => {
  it('takes colours, cursor moves, titles and links away', () => {
    expect(safeLine('\u001b[31mred\u001b[0m \u001b[2Aup \u001b]0;title\u0007t \u009b1mx')).toBe('red up t x');
  });

  it('is one line', () => {
    expect(safeLine('a\r\nb\tc')).toBe('a b c');
  });

  it('takes away what turns the direction of text around', () => {
    expect(safeLine('Dockerfile\u202egpj.\u2066')).toBe('Dockerfilegpj.');
  });

  it('leaves other languages alone', () => {
    expect(safeLine('après 構築 ✔ é')).toBe('après 構築 ✔ é');
  });

  it('leaves no control character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeLine(`\u001b${text}\u001b[`)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('safeLines', () => {
  it('keeps lines, indents tabs and drops the empty end', () => {
    expect(safeLines('one\r\n\ttwo\rthree\u001b[K\n\n')).toEqual(['one', '  two', 'three']);
  });
});

describe('safeTexts', () => {
  it('reaches every text, keys too, and keeps lines only in excerpts', () => {
    const value = { name: 'a\nb', list: [{ excerpt: 'x\ny\u0007' }], 'k\u001b[1m': null, count: 3, yes: true };
    expect(safeTexts(value)).toEqual({ name: 'a b', list: [{ excerpt: 'x\ny' }], k: null, count: 3, yes: true });
  });
});
