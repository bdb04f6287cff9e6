import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDuration, parseSize } from '../../../src/scenario/units-text.ts';
import { writeDuration, writeSize } from '../../../src/scenario/write-units.ts';
import { bytes, milliseconds } from '../../../src/units.ts';

it.each([
  [60_000, '60 s'],
  [600_000, '10 min'],
  [90_000, '90 s'],
  [1000, '1 s'],
  [1500, '1500 ms'],
  [0, '0 ms'],
])('%i ms is %s', (value, text) => {
  expect(writeDuration(milliseconds(value))).toBe(text);
});

it.each([
  [512e6, '512 MB'],
  [2 ** 30, '1 GiB'],
  [256 * 2 ** 20, '256 MiB'],
  [1e9, '1 GB'],
  [1001, '1001 B'],
])('%i bytes are %s', (value, text) => {
  expect(writeSize(bytes(value))).toBe(text);
});

it('is read as what was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (value) => {
      expect(parseDuration(writeDuration(milliseconds(value)))).toEqual({ ok: true, value });
      expect(parseSize(writeSize(bytes(value)))).toEqual({ ok: true, value });
    }),
  );
});
