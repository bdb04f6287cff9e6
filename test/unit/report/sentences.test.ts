import { describe, expect, it } from 'vitest';
import { kindSentences } from '../../../src/report/sentences.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { type ExampleNumbers, exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';

function sentences(kind: string, samples: readonly Sample[], variants = ['before', 'after']): string[] {
  const comparison = compareRun(exampleRun(samples, { record: exampleRecord(variants) }));
  return comparison.kinds.filter((candidate) => candidate.kind === kind).flatMap(kindSentences);
}

const slow: ExampleNumbers = {
  phases: { build: 1000, push: 1900, pull: 7100 },
  facts: { 'push.bytes': 186e6, 'pull.bytes': 186e6, 'build.steps': 5, 'build.cachedSteps': 1 },
};
const quick: ExampleNumbers = {
  phases: { build: 900, push: 100, pull: 500 },
  facts: { 'push.bytes': 52e6, 'pull.bytes': 53e6, 'build.steps': 9, 'build.cachedSteps': 7 },
};
const after = { variant: 'after' };

describe('kindSentences, first', () => {
  it('says where the time goes in both, and the largest changes in bytes and time', () => {
    expect(sentences('first', [exampleSample(slow), exampleSample(quick, after)])).toEqual([
      'Pull is 71 % of the first deploy of before; of that of after it is build, with 60 %.',
      'after moves 105 MB instead of 372 MB; the largest difference seen in time is pull, 500 ms instead of 7.10 s, not tested.',
    ]);
  });

  it('names the phase once where it is the same in both', () => {
    const half = { phases: { build: 1000, pull: 3000 } };
    expect(sentences('first', [exampleSample(slow), exampleSample(half, after)])[0]).toBe(
      'Pull is 71 % of the first deploy of before and 75 % of that of after.',
    );
  });

  it('compares the baseline with the last variant', () => {
    const told = sentences(
      'first',
      [exampleSample(slow), exampleSample(quick, { variant: 'middle' }), exampleSample(slow, { variant: 'last' })],
      ['before', 'middle', 'last'],
    );
    expect(told).toEqual([
      'Pull is 71 % of the first deploy of before and 71 % of that of last.',
      'last and before were seen within 5 % of each other: 10.0 s against 10.0 s on the release clock, 372 MB against 372 MB moved.',
    ]);
  });

  it('speaks of one variant alone', () => {
    expect(sentences('first', [exampleSample(slow)], ['before'])).toEqual([
      'Pull is 71 % of the first deploy of before.',
      'It takes 10.0 s in all and moves 372 MB.',
    ]);
  });

  it('leaves out what it does not know', () => {
    const bare = { phases: { pull: 7100, build: 2900 } };
    expect(sentences('first', [exampleSample(bare), exampleSample(bare, after)])[1]).toBe(
      'after and before were seen within 5 % of each other: 10.0 s against 10.0 s on the release clock.',
    );
    expect(
      sentences('first', [exampleSample({}, { release: null }), exampleSample({}, { ...after, release: null })]),
    ).toEqual([]);
  });

  it('says first what does not count, and why', () => {
    const failed = exampleSample({}, { ...after, outcome: 'build-failed', release: null });
    expect(sentences('first', [exampleSample(slow), failed])).toEqual([
      'No first deploy of after counts: 1 build-failed.',
      'Pull is 71 % of the first deploy of before.',
      'It takes 10.0 s in all and moves 372 MB.',
    ]);
    expect(sentences('first', [exampleSample(quick, after)])[0]).toBe(
      'No first deploy of before counts: none was made.',
    );
    expect(sentences('code-edit', [exampleSample(slow)])).toEqual(['No code-edit deploy was made.']);
  });
});

describe('kindSentences, with pairs enough to test', () => {
  const rounds = (before: ExampleNumbers, other: ExampleNumbers): Sample[] =>
    [1, 2, 3, 4, 5, 6].flatMap((round) => [
      exampleSample(before, { round }),
      exampleSample(other, { ...after, round }),
    ]);

  it('names the largest change among those that have a verdict', () => {
    // The build of one round is so far off that nothing can be said of it, though its median is 3 s less.
    const samples = rounds({ phases: { build: 9000, pull: 5000 } }, { phases: { build: 6000, pull: 4000 } });
    const odd = exampleSample({ phases: { build: 60_000, pull: 4000 } }, { ...after, round: 6 });
    expect(sentences('first', [...samples.slice(0, -1), odd]).at(-1)).toBe(
      'The largest change in time is pull, 4.00 s instead of 5.00 s.',
    );
  });

  it('claims no change in time where the verdicts have none', () => {
    const samples = rounds({ phases: { build: 1000, pull: 3000 } }, { phases: { build: 1100, pull: 3100 } });
    expect(sentences('first', samples)).toEqual([
      'Pull is 75 % of the first deploy of before and 74 % of that of after.',
    ]);
  });
});

describe('kindSentences, code-edit', () => {
  const edit = { kind: 'code-edit' };

  it('says what came from the cache and what was moved, then where the time goes', () => {
    expect(sentences('code-edit', [exampleSample(slow, edit), exampleSample(quick, { ...edit, ...after })])).toEqual([
      'before takes 1 of 5 steps from the cache and moves 372 MB; after takes 7 of 9 steps from the cache and moves 105 MB.',
      'Pull is 71 % of the code-edit deploy of before; of that of after it is build, with 60 %.',
    ]);
  });

  it('falls back on bytes and time where no steps are known', () => {
    const bare = { phases: { build: 1000 } };
    const told = sentences('code-edit', [
      exampleSample({ phases: { build: 4000 } }, edit),
      exampleSample(bare, { ...edit, ...after }),
    ]);
    expect(told[0]).toBe('The largest difference seen in time is build, 1.00 s instead of 4.00 s, not tested.');
  });
});
