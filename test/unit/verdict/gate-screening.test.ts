import { describe, expect, it } from 'vitest';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { judge, slower } from './judged.ts';
import { around, pairOfSamples, runOf, type Times } from './paired-run.ts';

describe('an increase of a time, in a run that screens and confirms', () => {
  /** Screening in the rounds up to 20, confirming from 21 on. */
  function screened(screening: readonly Times[], confirming: readonly Times[] = []): RunFolder {
    const samples = [
      ...screening.flatMap((pair, index) => pairOfSamples(pair, index + 1)),
      ...confirming.flatMap((pair, index) => pairOfSamples(pair, index + 21)),
    ];
    return runOf(samples, 30, { rule: 'screen-and-confirm', confirmFrom: 21 });
  }

  it('passes after its screening', () => {
    expect(judge(screened(around(1, 6)), slower())).toMatchObject({
      outcome: 'pass',
      reason: { sort: 'within' },
      basis: { used: 6, lost: 0 },
    });
  });

  it('regressed where fresh pairs find it again, whose estimate alone is reported', () => {
    const result = judge(screened(around(1.4, 6), around(1.2, 10)), slower());
    expect(result).toMatchObject({
      outcome: 'regressed',
      reason: { sort: 'confirmed', suspectedAfter: 6, pairs: 10 },
      change: { pairs: 10 },
      basis: { used: 10, lost: 0 },
    });
    expect(result.value).toBeCloseTo(0.2, 2);
  });

  it('passes where fresh pairs do not find it again', () => {
    const result = judge(screened(around(1.4, 6), around(1, 10)), slower());
    expect(result).toMatchObject({ outcome: 'pass', reason: { sort: 'not-confirmed', suspectedAfter: 6, pairs: 10 } });
    expect(result.value).toBeCloseTo(0, 2);
  });

  it('is inconclusive where fresh pairs cannot tell', () => {
    expect(judge(screened(around(1.4, 6), around(1.07, 10, 0.3)), slower())).toMatchObject({
      outcome: 'inconclusive',
      reason: { sort: 'cannot-tell', stage: 'confirming', pairs: 10 },
      fails: false,
    });
  });

  it.each([0, 5])('is not judged where a suspect has %i fresh pairs', (count) => {
    expect(judge(screened(around(1.4, 6), around(1.4, count)), slower())).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'too-few-pairs', stage: 'confirming', pairs: count, needed: 6 },
      fails: true,
    });
  });

  it('is inconclusive where its screening ends open, and not judged where it has too few pairs', () => {
    expect(judge(screened(around(1.06, 20, 0.08)), slower())).toMatchObject({
      outcome: 'inconclusive',
      reason: { sort: 'cannot-tell', stage: 'screening', pairs: 20 },
    });
    expect(judge(screened(around(1, 5)), slower())).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'too-few-pairs', stage: 'screening', pairs: 5 },
    });
  });

  it('keeps to its first decision, and never mixes the two stages', () => {
    expect(judge(screened([...around(1, 6), ...around(2, 14)], around(2, 10)), slower())).toMatchObject({
      outcome: 'pass',
      change: { pairs: 6 },
      basis: { used: 6, lost: 0 },
    });
    expect(judge(screened(around(1, 5), around(1, 10)), slower()).outcome).toBe('not-judged');
  });

  it('tells pairs that were lost while it confirmed', () => {
    const run = screened(around(1.4, 6), around(1.2, 10));
    const samples = run.samples.filter(({ round, variant }) => round !== 25 || variant === 'after');
    expect(judge({ ...run, samples }, slower())).toMatchObject({ outcome: 'regressed', basis: { used: 9, lost: 1 } });
  });

  it('finds its pairs among the repeats of a round as well', () => {
    const inRound = (round: number, times: readonly Times[]): Sample[] =>
      times.flatMap((pair, index) => pairOfSamples(pair, round, { repeat: index + 1 }));
    const run = runOf([...inRound(1, around(1.4, 6)), ...inRound(2, around(1.2, 10))], 2, {
      rule: 'screen-and-confirm',
      confirmFrom: 2,
    });
    const turns = run.record.plan.turns.flatMap((turn) =>
      Array.from({ length: 20 }, (_, index) => ({ ...turn, repeat: index + 1 })),
    );
    const planned = { ...run, record: { ...run.record, plan: { ...run.record.plan, turns } } };
    expect(judge(planned, slower())).toMatchObject({
      outcome: 'regressed',
      reason: { sort: 'confirmed', suspectedAfter: 6, pairs: 10 },
      basis: { used: 10, lost: 0 },
    });
  });
});
