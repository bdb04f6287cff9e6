import { describe, expect, it } from 'vitest';
import { dominatingSentence, imageWorthSentence } from '../../../src/report/bottleneck-words.ts';
import type { Bottleneck } from '../../../src/verdict/bottleneck.ts';

const slowStart: Bottleneck = {
  releaseMs: 47_000,
  phase: 'ready',
  ms: 31_000,
  share: 31 / 47,
  part: null,
  movingMs: 1410,
  imageMs: 1500,
};

describe('the bottleneck in words', () => {
  it('says the phase, its share, and what cutting the image would be worth at most', () => {
    expect(dominatingSentence(slowStart)).toBe(
      'The app’s own start, until it passes its readiness check, takes 31.0 s of 47.0 s (66 %).',
    );
    expect(imageWorthSentence(slowStart)).toBe(
      'Push and pull are 3 % of this deploy: a smaller image would save at most 1.50 s of 47.0 s. Size is not what this deploy waits for.',
    );
  });

  it('names the step, and what the build spends on images where that is worth a word', () => {
    const build: Bottleneck = {
      releaseMs: 40_000,
      phase: 'build',
      ms: 20_000,
      share: 0.5,
      part: { sort: 'step', name: '[build 4/7] RUN npm ci', ms: 12_000 },
      movingMs: 10_000,
      imageMs: 14_000,
    };
    expect(dominatingSentence(build)).toBe(
      'Building the image takes 20.0 s of 40.0 s (50 %), most of it RUN npm ci (12.0 s).',
    );
    expect(imageWorthSentence(build)).toBe(
      'Push and pull are 25 % of this deploy, fetching base images and writing the image 10 %: a smaller image would save at most 14.0 s of 40.0 s.',
    );
  });

  it.each([
    [{ sort: 'link', ms: 900 }, ', most of it the link, which needs 900 ms for the bytes.'],
    [{ sort: 'unpacking', ms: 400 }, ', the largest part of it unpacking after the last byte has come (400 ms).'],
  ] as const)('tells the parts of a transfer: %o', (part, end) => {
    expect(dominatingSentence({ ...slowStart, phase: 'pull', ms: 1000, part })).toContain(end);
  });

  it('has nothing to say of size where nothing was moved', () => {
    expect(imageWorthSentence({ ...slowStart, movingMs: null, imageMs: null })).toBeNull();
  });
});
