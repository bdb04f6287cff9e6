import { describe, expect, it } from 'vitest';
import { renderJson } from '../../../src/report/json.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { exampleRun, exampleSample } from '../results/example-run.ts';

const failure = { code: 'APP_CRASHED', message: 'a\u001b[31m\u009b1m\u202eb', excerpt: null };
const run = exampleRun([
  exampleSample({ phases: { build: 1000 } }),
  exampleSample({}, { variant: 'after', outcome: 'crashed', failure, release: null }),
]);
const text = renderJson(run, compareRun(run));

describe('renderJson', () => {
  it('is one document with its version, the record and the comparison', () => {
    expect(JSON.parse(text)).toEqual({ schema: 1, run: run.record, comparison: compareRun(run) });
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('keeps texts whole and prints nothing that a terminal obeys', () => {
    expect(JSON.parse(text).comparison.failures[0].message).toBe(failure.message);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('has null for what is missing', () => {
    expect(JSON.parse(text).comparison.kinds[0].variants[1]).toMatchObject({ release: null, movedBytes: null });
  });
});
