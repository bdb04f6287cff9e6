import { describe, expect, it } from 'vitest';
import { verdictNotes } from '../../../src/report/verdict-notes.ts';
import { stoppingNote } from '../../../src/report/verdict-stopping.ts';
import { verdictWarnings } from '../../../src/report/verdict-warnings.ts';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { Stopping } from '../../../src/results/run-record.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { exampleRecord, exampleRun } from '../results/example-run.ts';
import { around, codeEdit, pairOfSamples, runOf, runOfTimes, type Times } from '../verdict/paired-run.ts';

const notesOf = (run: RunFolder): string => verdictNotes(run, compareRun(run)).join('\n');
const warningsOf = (run: RunFolder): string[] => verdictWarnings(compareRun(run));

describe('verdictNotes', () => {
  it('spell out signs, marks and margin once where there are verdicts', () => {
    const notes = verdictNotes(runOfTimes(around(0.5, 6)), compareRun(runOfTimes(around(0.5, 6))));
    expect(notes).toEqual([
      'Changes are from before, the baseline: − is less time or fewer bytes, + is more; ×0.31 is 0.31 times the number of before. In brackets: a 95 % interval. ~: no change can be told from none. A ratio without a mark was not tested. Bytes are exact: ✔ fewer, ✘ more, = as many.',
      '✔ faster, ✘ slower: the interval lies wholly beyond 5 % and beyond 200 ms. = same: it lies wholly within 5 %, or within 200 ms. ? unsure: neither. What pairs are said to see, they show about four times out of five.',
    ]);
  });

  it('say what has too few pairs, and what it would take', () => {
    const notes = notesOf(runOfTimes(around(0.5, 2)));
    expect(notes).toContain(
      'Not tested: code-edit (2 pairs). Fewer than six pairs have no 95 % interval, whatever their numbers. It takes 4 rounds more to have them.',
    );
    expect(notes).not.toContain('the interval lies');
  });

  it('warn of many intervals at once, and of few not', () => {
    const times = around(0.5, 6);
    const phases = ['build', 'push', 'pull', 'stop', 'start', 'ready'] as const;
    const samples = times.flatMap(([one, other], index) =>
      [one, other].map((ms, at) =>
        codeEdit(
          at === 0 ? 'before' : 'after',
          { phases: Object.fromEntries(phases.map((phase) => [phase, ms])) },
          { round: index + 1 },
        ),
      ),
    );
    expect(notesOf(runOf(samples, 6))).toContain(
      '8 intervals are shown. Each by itself holds the true change 19 times out of 20, so one of them may not.',
    );
    expect(notesOf(runOfTimes(times))).not.toContain('intervals are shown');
  });

  it('say which verdicts are of confirming rounds', () => {
    const run = runOfTimes(around(1.3, 16), { rule: 'screen-and-confirm', confirmFrom: 7 });
    expect(notesOf(run)).toContain(
      'What the gates suspected was measured again from round 7 on: verdicts on code-edit are of those pairs alone.',
    );
    const only = runOfTimes(around(1.3, 6), { rule: 'screen-and-confirm', confirmFrom: 7 });
    expect(notesOf(only)).not.toContain('measured again');
  });
});

/** A pair a round, in which each variant goes first in turn. */
function inTurns(times: readonly Times[]): RunFolder {
  const samples = times.flatMap((pair, index) => {
    const [before, after] = pairOfSamples(pair, index + 1);
    const order = index % 2 === 0 ? [1, 2] : [2, 1];
    return [before, after].flatMap((sample, at) =>
      sample === undefined ? [] : [{ ...sample, order: order[at] ?? 0 }],
    );
  });
  return runOf(samples, times.length);
}

describe('verdictWarnings', () => {
  it('are none where nothing bites', () => {
    expect(warningsOf(inTurns(around(0.5, 12)))).toEqual([]);
  });

  it('suspect carry-over where going first changes the time', () => {
    const times = around(0.5, 12).map(([one, other], index): Times => [one, index % 2 === 0 ? other : other * 1.3]);
    const [warning] = warningsOf(inTurns(times));
    expect(warning).toMatch(
      /^Warning: carry-over suspected in code-edit of after: going first changes its time beside the baseline's by \+\d+\.\d % \[\+\d+\.\d, \+\d+\.\d\] \(release clock\), .*\(build\)\. One deploy may feed the next, or it is chance, which shows in 1 of 20; 2 were looked at\.$/,
    );
  });

  it('tell of a drift from pair to pair', () => {
    const times = around(0.5, 12).map(([one, other], index): Times => [one, other * 1.05 ** index]);
    expect(warningsOf(inTurns(times))[0]).toMatch(
      /^Warning: drift in code-edit of after: from each pair to the next its time beside the baseline's changes by \+[45]\.\d % \[/,
    );
  });

  const withBytes = (...bytes: readonly number[]): RunFolder =>
    runOf(
      bytes.map((each, index) =>
        codeEdit('after', { phases: { build: 5 }, facts: { 'image.bytes': each } }, { round: index + 1 }),
      ),
      bytes.length,
    );

  it('name what is not reproducible, with its range', () => {
    expect(warningsOf(withBytes(103e6, 105e6, 104e6))).toEqual([
      'Warning: image.bytes of after is not reproducible: 103–105 MB in code-edit.',
    ]);
  });

  it('do not call the last few bytes a warning', () => {
    expect(warningsOf(withBytes(103e6, 103e6 + 12))).toEqual([
      'These vary by less than 0.1 % between deploys of one kind, as time stamps and edits do: image.bytes (after).',
    ]);
    expect(warningsOf(withBytes(103e6, 103e6))).toEqual([]);
  });

  it('tell each fact once, in the kind where it varies the most', () => {
    const sample = (kind: string, round: number, image: number): Sample =>
      codeEdit('after', { facts: { 'image.bytes': image, 'image.layers': image / 1e6 } }, { kind, round });
    const samples = [
      sample('first', 1, 1e6),
      sample('first', 2, 3e6),
      sample('code-edit', 1, 1e6),
      sample('code-edit', 2, 2e6),
    ];
    expect(warningsOf(exampleRun(samples, { record: exampleRecord(['before', 'after'], 2) }))).toEqual([
      'Warning: not reproducible, as they vary between deploys of one kind: image.bytes of after (1.00–3.00 MB in first), image.layers of after (1–3 in first).',
    ]);
  });
});

describe('stoppingNote', () => {
  const began = Date.parse('2026-11-23T20:41:07.000Z');
  const run = (times: readonly Times[], stopping: Stopping, planned = 20): RunFolder => {
    const samples = times.flatMap((pair, index) =>
      pairOfSamples(pair, index + 1, { startedAt: new Date(began + index * 60_000).toISOString() }),
    );
    const record = exampleRecord(['before', 'after'], planned);
    return exampleRun(samples, { record: { ...record, plan: { ...record.plan, kinds: ['code-edit'], stopping } } });
  };
  const noteOf = (folder: RunFolder): string => stoppingNote(folder, compareRun(folder)).join('\n');
  const until = (precision: number | null, timeBudgetMs: number | null = null): Stopping => ({
    rule: 'until',
    precision,
    timeBudgetMs,
  });

  it('is none of a fixed number of rounds', () => {
    expect(noteOf(run(around(1, 6), { rule: 'fixed' }, 6))).toBe('');
  });

  it('says that the precision was reached', () => {
    expect(noteOf(run(around(1, 6), until(0.05)))).toMatch(
      /^6 rounds by need, of 20 at most: ±5 % on every release clock was asked for\. It ended because that was reached\. The noisiest, code-edit of after, shows changes from ±\d\.\d % on\.$/,
    );
  });

  it('says that the precision is out of reach', () => {
    expect(noteOf(run(around(1, 6, 0.3), until(0.01)))).toContain('It ended because that is out of reach.');
  });

  it('says that the time was over', () => {
    expect(noteOf(run(around(1, 4), until(0.05, 200_000)))).toBe(
      '4 rounds by need, of 20 at most: ±5 % on every release clock, in at most 3.33 min were asked for. It ended because another round, of about 47.5 s, would have taken more time than there was.',
    );
  });

  it('says that there are no more rounds', () => {
    expect(noteOf(run(around(1, 20, 0.3), until(null, 1e9)))).toContain('It ended because it makes no more.');
  });

  it('does not guess why a run ended that the folder does not tell of', () => {
    expect(noteOf(run(around(1, 3), until(0.05)))).toContain(
      'Why it ended before, the folder does not tell: it was interrupted, or goes on.',
    );
    expect(noteOf(run(around(1, 3), until(0.05, 1e9)))).toContain('or had no time for another round.');
  });
});
