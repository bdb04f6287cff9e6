import { describe, expect, it } from 'vitest';
import { gateSentence } from '../../../src/report/gate-sentence.ts';
import type { GateReason, GateResult } from '../../../src/verdict/gate.ts';
import { budgetResult, gateResult, slowerBy18Percent } from './gate-results.ts';

describe('a budget', () => {
  it.each([
    [{}, 'code-edit.release of after: 28.1 s, budget 30 s: pass'],
    [
      { value: 31_200, outcome: 'over-budget' as const, reason: { sort: 'over' as const } },
      'code-edit.release of after: 31.2 s, budget 30 s: over by 1.20 s',
    ],
    [
      { value: 30_000.4, outcome: 'over-budget' as const, reason: { sort: 'over' as const } },
      'code-edit.release of after: 30.0 s, budget 30 s: over by 0.40 ms',
    ],
    [
      { gate: { metric: 'image.bytes' }, kind: 'first', value: 214e6, limit: 300e6 },
      'image.bytes of after, first: 214 MB, budget 300 MB: pass',
    ],
    [
      { gate: { metric: 'code-edit.image.layers' }, value: 12, limit: 9, reason: { sort: 'over' as const } },
      'code-edit.image.layers of after: 12, budget 9: over by 3',
    ],
  ])('%j', (over, sentence) => {
    expect(gateSentence(budgetResult(over))).toBe(sentence);
  });
});

describe('an increase', () => {
  it('of a time has its interval, its seconds and its pairs', () => {
    expect(gateSentence(gateResult())).toBe(
      'code-edit.pull of after: +18 % [+14 %, +22 %], 1.90 s more, in 10 of 10 pairs; at most +5 % or 200 ms: regressed',
    );
  });

  it('below zero is less', () => {
    const change = {
      ...slowerBy18Percent,
      ratio: 0.9,
      ratioInterval: null,
      differenceMs: -800,
      faster: 4,
      slower: 1,
      pairs: 5,
    };
    expect(gateSentence(gateResult({ change, reason: { sort: 'within' }, gate: { floorMs: 0 } }))).toBe(
      'code-edit.pull of after: −10 %, 800 ms less, in 4 of 5 pairs; at most +5 %: pass',
    );
  });

  const size = { gate: { metric: 'image.bytes' }, kind: 'first', limit: 0 };
  const range = (min: number, max = min) => ({ min, max, samples: 6 });

  it('of a fact has both numbers', () => {
    const change = { verdict: 'more' as const, baseline: range(200e6), variant: range(214e6) };
    expect(gateSentence(gateResult({ ...size, change, value: 0.07 }))).toBe(
      'image.bytes of after, first: 214 MB against 200 MB of before, +7 %, 14.0 MB more; at most +0 %: regressed',
    );
  });

  it('of a fact by a single byte is no rounding', () => {
    const change = { verdict: 'more' as const, baseline: range(200e6), variant: range(200e6 + 1) };
    expect(gateSentence(gateResult({ ...size, change, value: 5e-9 }))).toContain('+<0.001 %, 1 B more; at most +0 %');
  });

  it('of a fact that varies', () => {
    const change = {
      verdict: 'not-reproducible' as const,
      baseline: range(200e6, 204e6),
      variant: range(203e6, 205e6),
    };
    const reason = { sort: 'not-reproducible' as const };
    expect(gateSentence(gateResult({ ...size, change, value: 0.025, reason, outcome: 'inconclusive' }))).toBe(
      'image.bytes of after, first: 203–205 MB against 200–204 MB of before, +2.5 %; at most +0 %: cannot tell, as it varies between deploys of one variant: the build is not reproducible',
    );
  });

  it('over nothing is no share', () => {
    const change = { verdict: 'more' as const, baseline: range(0), variant: range(3) };
    const layers = { gate: { metric: 'code-edit.pull.layers' }, limit: 0.05 };
    expect(gateSentence(gateResult({ ...layers, change, value: null }))).toBe(
      'code-edit.pull.layers of after: 3 against 0 of before, 3 more; at most +5 %: regressed',
    );
  });

  it('over another run is over the baseline, not over itself', () => {
    const change = { verdict: 'same' as const, baseline: range(9), variant: range(9) };
    const over = { gate: { metric: 'image.layers' }, baseline: { run: 'other', variant: 'after' }, change, value: 0 };
    expect(gateSentence(gateResult({ ...over, reason: { sort: 'within' } }))).toContain(
      '9 against 9 of the baseline, 0 %;',
    );
  });
});

describe('what was left out or is doubtful is said beside a judgement', () => {
  it.each([
    [{ lost: 1, tainted: 0 }, 'regressed (1 of 10 pairs is missing)'],
    [{ lost: 2, tainted: 1 }, 'regressed (2 of 11 pairs are missing, 1 of 9 pairs is doubtful)'],
  ])('%j', (counts, end) => {
    expect(gateSentence(gateResult({ basis: { unit: 'pairs', used: 9, ...counts } })).endsWith(end)).toBe(true);
  });

  it('and not beside none', () => {
    const basis = { unit: 'pairs' as const, used: 0, lost: 10, tainted: 0 };
    const reason = { sort: 'no-sample', run: 'r1', kind: 'code-edit', variant: 'after' } as const;
    const sentence = gateSentence(gateResult({ outcome: 'not-judged', reason, change: null, value: null, basis }));
    expect(sentence).toBe(
      'code-edit.pull of after: at most +5 % or 200 ms: not judged: run r1 has no code-edit deploy of after that counts',
    );
  });
});

describe('the reason', () => {
  const wouldSee = [
    { pairs: 15, detectable: 0.08 },
    { pairs: 20, detectable: 0.06 },
  ];
  const unsure = { ...slowerBy18Percent, wouldSee };

  function endOf(
    outcome: GateResult['outcome'],
    reason: GateReason,
    over: Parameters<typeof gateResult>[0] = {},
  ): string {
    return gateSentence(gateResult({ outcome, reason, change: unsure, ...over })).split('200 ms: ')[1] ?? '';
  }

  it.each<[string, GateResult['outcome'], GateReason]>([
    [
      'regressed, suspected after 6 pairs and found again in 10 fresh ones',
      'regressed',
      { sort: 'confirmed', suspectedAfter: 6, pairs: 10 },
    ],
    [
      'pass, suspected after 10 pairs and not so in 10 fresh ones',
      'pass',
      { sort: 'not-confirmed', suspectedAfter: 10, pairs: 10 },
    ],
    [
      'cannot tell below ±9 %; 20 pairs would see ±6 %',
      'inconclusive',
      { sort: 'cannot-tell', stage: 'once', pairs: 10, detectable: 0.09 },
    ],
    [
      'suspected, and 10 fresh pairs cannot tell below ±9 %',
      'inconclusive',
      { sort: 'cannot-tell', stage: 'confirming', pairs: 10, detectable: 0.09 },
    ],
    [
      'not judged: 3 pairs, and it takes 6; run it with --rounds 6, or --repeat code-edit=6',
      'not-judged',
      { sort: 'too-few-pairs', stage: 'once', pairs: 3, needed: 6, withoutRatio: 0 },
    ],
    [
      'not judged: 1 fresh pair, besides 2 with a time of 0, and it takes 6',
      'not-judged',
      { sort: 'too-few-pairs', stage: 'confirming', pairs: 1, needed: 6, withoutRatio: 2 },
    ],
    [
      'not judged: no code-edit deploy of after in run r1 has this number',
      'not-judged',
      { sort: 'no-number', run: 'r1', kind: 'code-edit', variant: 'after' },
    ],
    [
      'not judged: no deploy of after in run r1 has this number',
      'not-judged',
      { sort: 'no-number', run: 'r1', kind: null, variant: 'after' },
    ],
    [
      'not judged: the run has one variant and nothing to compare it with; run two, or name another run with --against',
      'not-judged',
      { sort: 'no-baseline' },
    ],
    [
      'not judged: times of another machine (cpus, kernel) are no measure for these; deployclock ci --base REF measures both in turns',
      'not-judged',
      { sort: 'other-machine', differs: ['cpus', 'kernel'] },
    ],
  ])('%s', (end, outcome, reason) => {
    expect(endOf(outcome, reason)).toBe(end);
  });

  it('promises the fewest pairs that would see the limit, where some would', () => {
    const reason = { sort: 'cannot-tell', stage: 'once', pairs: 6, detectable: 0.2 } as const;
    const limit = { limit: 0.08, gate: { maxIncrease: 0.08 } };
    expect(endOf('inconclusive', reason, limit)).toBe('cannot tell below ±20 %; 15 pairs would see ±8 %');
  });

  it('promises nothing beyond the last look', () => {
    const reason = { sort: 'cannot-tell', stage: 'once', pairs: 20, detectable: null } as const;
    expect(endOf('inconclusive', reason, { change: slowerBy18Percent })).toBe('cannot tell');
  });

  it('of too few pairs asks for no repeats of a first deploy, and for no rounds where deploys failed', () => {
    const reason = { sort: 'too-few-pairs', stage: 'once', pairs: 3, needed: 6, withoutRatio: 0 } as const;
    expect(endOf('not-judged', reason, { kind: 'first', gate: { metric: 'first.pull' } })).toMatch(/--rounds 6$/);
    const basis = { unit: 'pairs' as const, used: 3, lost: 7, tainted: 0 };
    expect(endOf('not-judged', reason, { basis })).toMatch(/it takes 6; 7 are missing$/);
  });
});
