import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { textWidth } from '../../../src/report/text-width.ts';
import { drawVerdicts } from '../../../src/report/verdict-drawing.ts';
import { kindVerdicts, type VariantVerdict } from '../../../src/report/verdict-section.ts';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';
import { around, codeEdit, pairOfSamples, runOf, runOfTimes, type Times } from '../verdict/paired-run.ts';

function verdictOf(run: RunFolder, kindName = 'code-edit'): VariantVerdict {
  const comparison = compareRun(run);
  const kind = comparison.kinds.find(({ kind: name }) => name === kindName);
  const [verdict] = kind === undefined ? [] : kindVerdicts(run, comparison, kind);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

const headlineOf = (times: readonly Times[]): string | undefined => verdictOf(runOfTimes(times)).headline?.text;
const footnotesOf = (times: readonly Times[]): readonly string[] => verdictOf(runOfTimes(times)).footnotes;
const constant = (times: Times, count: number): Times[] => Array.from({ length: count }, () => times);

describe('the headline', () => {
  it.each([
    [
      constant([47_300, 8100], 12),
      '✔ Deploying a code-edit takes 8.10 s with after instead of 47.3 s: 5.8 times as fast [5.8, 5.8], faster in 12 of 12 pairs.',
    ],
    [
      constant([8000, 9120], 6),
      '✘ Deploying a code-edit takes 9.12 s with after instead of 8.00 s: 1.14 times as long [1.14, 1.14], slower in 6 of 6 pairs.',
    ],
    [
      constant([10_000, 10_000], 6),
      '= Deploying a code-edit takes as long with after as with before, 10.0 s and 10.0 s: any difference is less than 5 % [0.0, 0.0].',
    ],
    [
      constant([300, 450], 6),
      '= Deploying a code-edit takes as long with after as with before, 450 ms and 300 ms: any difference is less than 200 ms [+150 ms, +150 ms].',
    ],
    [
      constant([47_300, 8100], 3),
      '? Deploying a code-edit took 8.10 s with after and 47.3 s with before: faster in 3 of 3 pairs, too few to test.',
    ],
    [
      constant([47_300, 8100], 1),
      '? Deploying a code-edit took 8.10 s with after and 47.3 s with before: 1 pair, too few to test.',
    ],
  ])('%#', (times, text) => {
    expect(headlineOf(times)).toBe(text);
  });

  it('says from what change on it would have seen one', () => {
    expect(headlineOf(around(1, 12, 0.2))).toMatch(
      /^\? No difference that this run could have seen: deploying a code-edit takes [\d.]+ s with after and [\d.]+ s with before; it would have seen changes from ±\d+ % on\.$/,
    );
  });

  it('says of a change that is sure to be one that it may be too small to count', () => {
    expect(headlineOf(around(1.06, 6, 0.03))).toMatch(
      /^\? Unsure: .*, \+\d\.\d % \[\+\d\.\d, \+\d\.\d\], slower in 6 of 6 pairs, which may be less than 5 % or 200 ms\.$/,
    );
  });

  it('says that nothing is compared where no round has both', () => {
    const run = runOf(
      [
        codeEdit('before', { phases: { build: 5 } }, { round: 1 }),
        codeEdit('after', { phases: { build: 5 } }, { round: 2 }),
      ],
      2,
    );
    expect(verdictOf(run)).toEqual({
      headline: {
        verdict: null,
        text: 'No round has a code-edit deploy of both after and before that counts: nothing is compared.',
      },
      table: null,
      footnotes: [],
    });
  });

  it('is none where one of the two was never deployed', () => {
    expect(verdictOf(runOf([codeEdit('before', { phases: { build: 5 } })], 1)).headline).toBeNull();
  });
});

describe('the table', () => {
  it('has phases, the release clock, what lies beside it, and bytes', () => {
    const samples = [1, 2, 3, 4, 5, 6].flatMap((round) =>
      ['before', 'after'].map((variant) =>
        exampleSample(
          {
            phases: { build: 5000, stop: 300, start: 100, ready: 900 },
            facts: { 'image.bytes': variant === 'before' ? 1000 : 191 },
          },
          { round, variant, downtime: { ms: 1300, resolutionMs: 1 } },
        ),
      ),
    );
    const { table } = verdictOf(exampleRun(samples, { record: exampleRecord(['before', 'after'], 6) }), 'first');
    expect(table?.groups.map((group) => group.map(({ label }) => label))).toEqual([
      ['build', 'stop', 'start', 'ready'],
      ['release clock'],
      ['cold start', 'downtime'],
      ['image size'],
    ]);
    expect(table?.groups.flat().at(-1)).toMatchObject({ change: '−80.9 %, exact', verdict: '✔ less', tone: 'better' });
  });

  it('shows the ratio of each pair, and no tone, below six pairs', () => {
    const times: Times[] = [0.5, 0.52, 0.49, 0.55, 0.51].map((ratio) => [10_000, 10_000 * ratio]);
    const { table, footnotes } = verdictOf(runOfTimes(times));
    expect(table?.head.change).toBe('pair by pair');
    expect(table?.groups[0]?.[0]).toMatchObject({
      change: '×0.50 0.52 0.49 0.55 0.51',
      faster: '5/5 ',
      verdict: '? unsure',
      tone: null,
    });
    expect(footnotes).toEqual([
      'Fewer than six pairs have no 95 % interval: here is the ratio of each pair, and nothing is tested.',
    ]);
  });

  it('is none for a single pair, whose ratio stands in the table of metrics', () => {
    expect(verdictOf(runOfTimes(constant([1000, 500], 1)))).toMatchObject({ table: null, footnotes: [] });
  });
});

describe('the footnotes', () => {
  it('are none where all is sure', () => {
    expect(footnotesOf(constant([47_300, 8100], 12))).toEqual([]);
  });

  it('tell what an unsure run sees, and what more pairs would, with their cost', () => {
    const day = Date.parse('2026-11-24T08:00:00.000Z');
    const samples = around(1, 6, 0.2).flatMap((times, index) =>
      pairOfSamples(times, index + 1, { startedAt: new Date(day + index * 120_000).toISOString() }),
    );
    const [note] = verdictOf(runOf(samples, 6)).footnotes;
    expect(note).toMatch(
      /^\? 6 pairs see changes from so much on \(in brackets: 20 pairs, 14 rounds and about 28 min more\): release clock ±[\d.]+ % \(±[\d.]+ %\), build ±[\d.]+ % \(±[\d.]+ %\)\.$/,
    );
  });

  it('count rounds by their repeats', () => {
    const record = exampleRecord(['before', 'after'], 2);
    const turns = [1, 2].flatMap((round) =>
      [1, 2, 3].flatMap((repeat) =>
        ['before', 'after'].map((variant) => ({ round, kind: 'code-edit', repeat, variant })),
      ),
    );
    const samples = around(1, 6, 0.2).flatMap((times, index) =>
      pairOfSamples(times, Math.floor(index / 3) + 1, { repeat: (index % 3) + 1 }),
    );
    const run = exampleRun(samples, { record: { ...record, plan: { ...record.plan, turns } } });
    expect(verdictOf(run).footnotes[0]).toContain('20 pairs, 5 rounds of 3 repeats more)');
  });

  it('leave the cost out of a run that makes its pairs by a rule of its own', () => {
    const run = runOfTimes(around(1, 6, 0.2), { rule: 'screen-and-confirm', confirmFrom: 21 });
    expect(verdictOf(run).footnotes[0]).toContain('(in brackets: 20 pairs): ');
  });

  it('tell of a change near the margin what it would take', () => {
    expect(footnotesOf(around(1.06, 6, 0.03))[0]).toMatch(
      /^\? release clock, build: a change, but 6 pairs do not tell if of more than 5 % and 200 ms; 20 pairs, 14 rounds more, may\.$/,
    );
  });

  it('name pairs far from the others once, with all that is far in them', () => {
    const times = around(0.5, 12, 0.02);
    times[6] = [10_000, 30_000];
    const { footnotes, table } = verdictOf(runOfTimes(times));
    expect(footnotes.at(-1)).toBe('* Pairs far from the others, counted all the same: round 7 (release clock, build).');
    expect(table?.groups[0]?.[0]?.faster).toBe('11/12*');
  });
});

describe('drawVerdicts', () => {
  const { table } = verdictOf(runOfTimes(constant([47_300, 8100], 12)));
  const draw = (width: number, color = false): string[] =>
    table === null ? [] : drawVerdicts(table, { color, width });

  it('draws what the table has', () => {
    expect(draw(80)).toEqual([
      '╭───────────────┬────────────────────────┬─────────────┬────────┬──────────╮',
      '│ after         │ change [95 %]          │ difference  │ faster │ verdict  │',
      '├───────────────┼────────────────────────┼─────────────┼────────┼──────────┤',
      '│ build         │ −82.9 % [−82.9, −82.9] │ 39.2 s less │ 12/12  │ ✔ faster │',
      '├───────────────┼────────────────────────┼─────────────┼────────┼──────────┤',
      '│ release clock │ −82.9 % [−82.9, −82.9] │ 39.2 s less │ 12/12  │ ✔ faster │',
      '╰───────────────┴────────────────────────┴─────────────┴────────┴──────────╯',
    ]);
  });

  it.each([80, 70, 60, 55])('keeps to %d columns, and the verdict stays', (width) => {
    const lines = draw(width);
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
    expect(lines.join('\n')).toContain('✔ faster');
  });

  it('says the same with colour as without', () => {
    expect(draw(80, true).map(stripVTControlCharacters)).toEqual(draw(80));
    expect(draw(80, true).join('')).toContain('\u001b[32m✔ faster\u001b[39m');
  });
});
