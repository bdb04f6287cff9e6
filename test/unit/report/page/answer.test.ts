import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../../src/report/page/answer.ts';
import { pageView } from '../../../../src/report/page/view.ts';
import { compareRun } from '../../../../src/verdict/comparison.ts';
import { type Change, detailedRun, type RunShape } from './detailed-run.ts';

function answerTo(shape: RunShape): string {
  const run = detailedRun({ kinds: ['code-edit'], rounds: 8, ...shape });
  const { lead, aside } = answerOf(pageView(run, compareRun(run)));
  return `${lead} (${aside}).`;
}

/** Release clocks of `after` beside those of `before`, round by round. */
const scaled =
  (ratio: (round: number) => number): Change =>
  (sample) => ({
    ...sample,
    release: { ms: 40_000 * (sample.variant === 'after' ? ratio(sample.round) : 1) },
  });

describe('the answer', () => {
  it('faster: how many times, its interval, and in how many rounds', () => {
    expect(answerTo({ change: scaled((round) => 0.2 + 0.001 * round) })).toMatch(
      /^Deploying a code edit takes 8\.\d+ s instead of 40\.0 s \(4\.9× faster, 95 % interval 4\.8–5\.0×, faster in 8 of 8 rounds\)\.$/,
    );
  });

  it('slower', () => {
    expect(answerTo({ change: scaled((round) => 1.5 + 0.01 * round) })).toMatch(
      /takes 61\.\d s instead of 40\.0 s \(1\.5\d× slower, 95 % interval 1\.5\d–1\.5\d×, slower in 8 of 8 rounds\)\.$/,
    );
  });

  it('the same: by which margin', () => {
    expect(answerTo({ change: scaled((round) => 1 + 0.001 * (round % 2)) })).toMatch(
      /takes as long with after as with before: 40\.0 s and 40\.0 s \(any difference is less than 5 %/,
    );
  });

  it('none to be seen: what could have been', () => {
    expect(answerTo({ change: scaled((round) => (round % 2 === 0 ? 1.3 : 0.75)) })).toMatch(
      /^No difference that this run could have seen \(±\d+ %\) \(deploying a code edit takes .* with after and 40\.0 s with before\)\.$/,
    );
  });

  it('too few rounds: nothing is claimed', () => {
    expect(answerTo({ rounds: 2 })).toContain('2 rounds, too few to test: it takes six to tell a change from chance');
  });

  it('of several variants tells the fastest, and out of how many', () => {
    const told = answerTo({ variants: ['a', 'b', 'c'], factors: [1, 0.3, 0.6] });
    expect(told).toMatch(/^With b, deploying a code edit takes /);
    expect(told).toContain('the fastest of 2 variants beside a');
  });

  it('of several variants names those that are compared once', () => {
    expect(answerTo({ variants: ['a', 'b', 'c'], factors: [1, 1, 1] })).toMatch(
      /^Deploying a code edit takes as long with [bc] as with a: /,
    );
  });

  it('a variant without a deploy that counts is not compared', () => {
    const change: Change = (sample) =>
      sample.variant === 'after' ? { ...sample, outcome: 'crashed', release: null } : sample;
    expect(answerTo({ change })).toMatch(/with before; no deploy of after counts, so nothing is compared/);
    const baseline: Change = (sample) =>
      sample.variant === 'before' ? { ...sample, outcome: 'crashed', release: null } : sample;
    expect(answerTo({ change: baseline })).toMatch(/with after; no deploy of before counts, so nothing is compared/);
  });
});
