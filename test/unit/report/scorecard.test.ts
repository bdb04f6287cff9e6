import { describe, expect, it } from 'vitest';
import { renderScorecard, scorecardAnswer, scorecardTable } from '../../../src/report/scorecard.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { type Comparison, compareRun } from '../../../src/verdict/comparison.ts';
import { exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';

const deploy = (variant: string, kind: string, size: number, build: number): Sample =>
  exampleSample(
    { phases: { build, pull: 100, start: 20, ready: 30 }, facts: { 'image.bytes': size } },
    { variant, kind },
  );

const compared = (samples: readonly Sample[], variants = ['before', 'after']): Comparison =>
  compareRun(exampleRun(samples, { record: exampleRecord(variants) }));

/** Two variants in so many rounds, the second this many times the first in size, and in time on `first` and on `code-edit`. */
function answerFor(size: number, first: number, codeEdit: number, rounds = 6): string {
  const time = (round: number, kind: string, variant: string, ms: number): Sample =>
    exampleSample(
      { phases: { build: ms }, facts: { 'image.bytes': variant === 'before' ? 1e9 : 1e9 * size } },
      { round, kind, variant },
    );
  return scorecardAnswer(
    compared(
      Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) => [
        time(round, 'first', 'before', 10_000),
        time(round, 'first', 'after', 10_000 * first),
        time(round, 'code-edit', 'before', 1000),
        time(round, 'code-edit', 'after', 1000 * codeEdit),
      ]),
    ),
  );
}

describe('scorecardTable', () => {
  it('has the four numbers from the kinds that they belong to, and the release clock of each kind', () => {
    const table = scorecardTable(
      compared([deploy('before', 'first', 1e9, 5000), deploy('before', 'code-edit', 2e9, 700)], ['before']),
    );
    expect(table.groups.flat().map(({ label, cells }) => [label, cells[0]?.text])).toEqual([
      ['final image size', '2.00 GB'],
      ['pull on a fresh server', '100 ms'],
      ['rebuild after a small code edit', '700 ms'],
      ['cold start', '50 ms'],
      ['release clock, first', '5.15 s'],
      ['release clock, code-edit', '850 ms'],
    ]);
  });

  it('takes the image from the last kind that has it for every variant', () => {
    const samples = [
      deploy('before', 'first', 4e9, 1),
      deploy('after', 'first', 1e9, 1),
      deploy('before', 'code-edit', 5e9, 1),
    ];
    expect(scorecardTable(compared(samples)).groups[0]?.[0]?.cells).toEqual([
      { text: '4.00 GB', ratio: null, tone: null },
      { text: '1.00 GB', ratio: 0.25, tone: 'better' },
    ]);
  });

  it('shows what is missing as missing, in every row', () => {
    const texts = scorecardTable(compared([]))
      .groups.flat()
      .flatMap((row) => row.cells.map((cell) => cell.text));
    expect(texts).toEqual(Array.from({ length: 12 }, () => '–'));
  });
});

describe('scorecardAnswer', () => {
  it.each([
    [0.2, 0.5, 0.3, 'Wait time too, not only size:', 'is smaller', ', and a deploy takes less time ('],
    [0.2, 1, 1.04, 'Only size:', 'is smaller', ', but a deploy takes as long ('],
    [0.2, 1, 1.5, 'Only size:', 'is smaller', ', but a deploy takes longer for code-edit ('],
    [0.2, 0.5, 1, 'Size, and wait time in part:', 'is smaller', 'a deploy takes less time only for first ('],
    [1, 0.5, 0.5, 'Wait time, without size:', 'is as large', ', but a deploy takes less time ('],
    [
      1.5,
      2,
      0.5,
      'Wait time in part, without size:',
      'is larger',
      'a deploy takes less time only for code-edit, and longer for first (',
    ],
    [1, 1, 1, 'Neither wait time nor size:', 'is as large', ', and a deploy takes as long ('],
    [2, 1.5, 1, 'Neither wait time nor size:', 'is larger', ', and a deploy takes longer for first ('],
    [1, 1.5, 1.5, 'Neither wait time nor size:', 'is as large', ', and a deploy takes longer ('],
  ])('size ×%d, first ×%d, code-edit ×%d', (size, first, codeEdit, headline, image, wait) => {
    const text = answerFor(size, first, codeEdit);
    expect(text.startsWith(headline)).toBe(true);
    expect(text).toContain(image);
    expect(text).toContain(wait);
  });

  it('tells the numbers that it goes by', () => {
    expect(answerFor(0.2, 0.5, 0.3)).toBe(
      'Wait time too, not only size: with after the image is smaller (200 MB instead of 1.00 GB), and a deploy takes less time (first 5.00 s instead of 10.0 s, code-edit 300 ms instead of 1.00 s).',
    );
  });

  it('says of what was not tested that it was seen, and in how many pairs', () => {
    expect(answerFor(0.2, 0.5, 0.3, 1)).toBe(
      'Seen in 1 pair, not tested: wait time too, not only size. With after the image is smaller (200 MB instead of 1.00 GB), and a deploy took less time (first 5.00 s instead of 10.0 s, code-edit 300 ms instead of 1.00 s).',
    );
  });

  it('goes by what was tested where only some was', () => {
    const kinds = (round: number, kind: string): Sample[] => [
      exampleSample({ phases: { build: 9000 }, facts: { 'image.bytes': 1e9 } }, { round, kind }),
      exampleSample({ phases: { build: 3000 }, facts: { 'image.bytes': 1e8 } }, { round, kind, variant: 'after' }),
    ];
    const samples = [...[1, 2, 3, 4, 5, 6].flatMap((round) => kinds(round, 'code-edit')), ...kinds(1, 'first')];
    expect(scorecardAnswer(compared(samples))).toBe(
      'Wait time too, not only size: with after the image is smaller (100 MB instead of 1.00 GB), and a deploy takes less time (code-edit 3.00 s instead of 9.00 s). Not tested: first.',
    );
  });

  it('says that it cannot tell where the verdicts cannot', () => {
    const clocks = [4000, 16_000, 6000, 14_000, 9000, 12_000];
    const samples = clocks.flatMap((build, index) => [
      exampleSample({ phases: { build: 10_000 }, facts: { 'image.bytes': 1e9 } }, { round: index + 1 }),
      exampleSample({ phases: { build }, facts: { 'image.bytes': 1e8 } }, { round: index + 1, variant: 'after' }),
    ]);
    expect(scorecardAnswer(compared(samples))).toBe(
      'Size, and wait time unsure: with after the image is smaller (100 MB instead of 1.00 GB), but no difference in time could be told for first (first 10.5 s against 10.0 s).',
    );
  });

  it('gives no answer without both numbers of both', () => {
    expect(scorecardAnswer(compared([deploy('before', 'first', 1e9, 5)]))).toContain('No answer yet');
    const noImage = exampleSample({ phases: { build: 5 } });
    expect(scorecardAnswer(compared([noImage, { ...noImage, variant: 'after' }]))).toContain('No answer yet');
  });

  it('asks for a second variant where there is one', () => {
    expect(scorecardAnswer(compared([deploy('before', 'first', 1e9, 4850)], ['before']))).toBe(
      'Only before was measured. A deploy of it takes 5.00 s (first); what a change is worth shows beside a second variant.',
    );
    expect(scorecardAnswer(compared([], ['before']))).toContain('No deploy of it counts');
  });
});

describe('renderScorecard', () => {
  it('is a box that holds table and answer, and marks what it knows', () => {
    const run = exampleRun([deploy('before', 'first', 1e9, 5000), deploy('after', 'first', 2e8, 1000)]);
    const text = renderScorecard(run, compareRun(run), { color: false, width: 80 });
    expect(text).toMatch(/╭─.*╮\n/);
    expect(text).toMatch(/final image size {2,}│ 1\.00 GB │ +200 MB {2}×0\.20 ✔ │/);
    expect(text).toMatch(/release clock, first +│ +5\.15 s │ +1\.15 s {2}×0\.22 {3}│/);
    expect(text.replaceAll('\n', ' ')).toContain('not tested: wait time too, not only size');
  });
});
