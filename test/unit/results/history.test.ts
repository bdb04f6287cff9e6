import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendHistory, historyFile, readHistory } from '../../../src/results/history.ts';
import type { HistoryEntry } from '../../../src/results/history-entry.ts';
import { exampleEntry } from './example-history.ts';

let root = '';
let file = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deployclock-history-'));
  file = join(root, historyFile);
});
afterEach(() => rmSync(root, { recursive: true }));

const monday = exampleEntry({ day: 23, numbers: { 'before/first': [{ phases: { build: 1200.5 } }] } });
const tuesday = exampleEntry({ day: 24 });

// A negative zero has no writing of its own in JSON.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const count = fc.nat();
const text = fc.string({ unit: 'grapheme' });
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const named = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(fc.constantFrom('release', 'build', 'image.bytes'), arbitrary, { noNullPrototype: true });

const estimate = fc.record({
  pairs: count,
  ratio: number,
  interval: orNull(fc.record({ low: number, high: number })),
  verdict: text,
});
const variant = fc.record({
  variant: text,
  times: named(orNull(fc.record({ median: number, samples: count }))),
  facts: named(orNull(fc.record({ min: number, max: number, samples: count }))),
  changes: orNull(fc.record({ times: named(orNull(estimate)), facts: named(orNull(text)) })),
});
const gate = fc.record({
  ...{ metric: text, variant: text, rule: text, outcome: text },
  ...{ value: orNull(number), limit: number, fails: fc.boolean() },
});
const entry: fc.Arbitrary<HistoryEntry> = fc.record({
  ...{ schema: fc.constant(1 as const), run: text, startedAt: text, scenario: text, toolVersion: text, command: text },
  git: orNull(fc.record({ commit: text, changed: fc.boolean() })),
  fingerprint: fc.record({ kernel: text, memoryBytes: count }).map((own) => ({ ...monday.fingerprint, ...own })),
  rounds: fc.record({ planned: count, measured: count }),
  baseline: text,
  kinds: fc.array(fc.record({ kind: text, variants: fc.array(variant, { maxLength: 2 }) }), { maxLength: 2 }),
  gates: orNull(fc.record({ outcome: text, results: fc.array(gate, { maxLength: 2 }) })),
});
const runOf = ({ scenario, run }: HistoryEntry): string => JSON.stringify([scenario, run]);

describe('the history of runs', () => {
  it('reads back what was appended, in order', { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(entry, { selector: runOf, maxLength: 4 }), async (entries) => {
        rmSync(file, { force: true });
        for (const each of entries) await appendHistory(root, each);
        expect(readHistory(root)).toEqual({ entries, warnings: [] });
      }),
      { numRuns: 15 },
    );
  });

  it('keeps every line whole when runs end at the same time', async () => {
    const entries = Array.from({ length: 20 }, (_, index) => exampleEntry({ day: index + 1 }));
    await Promise.all(entries.map((each) => appendHistory(root, each)));
    const { entries: read, warnings } = readHistory(root);
    expect(read.map(({ run }) => run).toSorted()).toEqual(entries.map(({ run }) => run));
    expect(warnings).toEqual([]);
  });

  it('loses a line that was cut off, and neither the one before it nor the one after', async () => {
    for (let cut = 1; cut < 4; cut += 1) {
      rmSync(file, { force: true });
      await appendHistory(root, monday);
      const whole = readFileSync(file).length;
      await appendHistory(root, exampleEntry({ day: 1 }));
      truncateSync(file, whole + 10 ** cut);
      await appendHistory(root, tuesday);
      expect(readHistory(root)).toEqual({
        entries: [monday, tuesday],
        warnings: ['history.ndjson:2 is not whole: it was cut off while it was being written, and is left out.'],
      });
    }
  });

  it('counts a last line whose line feed alone was cut off', async () => {
    await appendHistory(root, monday);
    truncateSync(file, readFileSync(file).length - 1);
    expect(readHistory(root)).toEqual({ entries: [monday], warnings: [] });
    await appendHistory(root, tuesday);
    expect(readHistory(root)).toEqual({ entries: [monday, tuesday], warnings: [] });
  });

  it('leaves out lines that it cannot read, and names each with its reason', async () => {
    await appendHistory(root, monday);
    appendFileSync(file, `${JSON.stringify({ ...tuesday, schema: 2 })}\n`);
    appendFileSync(file, `${JSON.stringify({ ...tuesday, baseline: 7 })}\n\n`);
    await appendHistory(root, tuesday);
    expect(readHistory(root)).toEqual({
      entries: [monday, tuesday],
      warnings: [
        'history.ndjson:2 has schema 2: a newer deployclock wrote it, this one reads schema 1, and is left out.',
        expect.stringMatching(/^history\.ndjson:3 is no entry \(baseline: .*\), and is left out\.$/),
      ],
    });
  });

  it('takes the later of two lines of one run', async () => {
    await appendHistory(root, monday);
    await appendHistory(root, tuesday);
    await appendHistory(root, { ...monday, toolVersion: '9.9.9' });
    expect(readHistory(root).entries).toEqual([{ ...monday, toolVersion: '9.9.9' }, tuesday]);
  });

  it('begins in a folder that is not there yet', async () => {
    expect(readHistory(join(root, 'new'))).toEqual({ entries: [], warnings: [] });
    await appendHistory(join(root, 'new', 'folder'), monday);
    expect(readHistory(join(root, 'new', 'folder')).entries).toEqual([monday]);
  });

  it('refuses what could not be read again', async () => {
    await expect(appendHistory(root, { ...monday, rounds: { planned: Number.NaN, measured: 1 } })).rejects.toThrow();
    expect(readHistory(root).entries).toEqual([]);
  });

  it('says where the file cannot be written or read', async () => {
    writeFileSync(file, '');
    await expect(appendHistory(file, monday)).rejects.toMatchObject({
      code: 'RESULTS_INVALID',
      message: expect.stringContaining('could not be written'),
    });
    expect(() => readHistory(file)).toThrow(expect.objectContaining({ code: 'RESULTS_INVALID' }));
  });
});
