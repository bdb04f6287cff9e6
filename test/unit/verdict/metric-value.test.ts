import { describe, expect, it } from 'vitest';
import { factOf, timeOf } from '../../../src/verdict/metric-value.ts';
import { exampleSample } from '../results/example-run.ts';

describe('timeOf', () => {
  const sample = exampleSample({ phases: { build: 5, start: 2, ready: 3 } }, { downtime: { ms: 0, resolutionMs: 0 } });

  it.each([
    ['release', 10],
    ['build', 5],
    ['cold-start', 5],
    ['downtime', 0],
    ['pull', null],
  ] as const)('%s is %s', (name, ms) => expect(timeOf(sample, name)).toBe(ms));

  it('has no cold start without one of its halves, and no release clock of a deploy without one', () => {
    expect(timeOf(exampleSample({ phases: { start: 2 } }), 'cold-start')).toBeNull();
    expect(timeOf(exampleSample({}, { release: null }), 'release')).toBeNull();
    expect(timeOf(exampleSample(), 'downtime')).toBeNull();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('takes %s for missing', (ms) => {
    expect(timeOf(exampleSample({ phases: { build: ms } }), 'build')).toBeNull();
    expect(factOf(exampleSample({ facts: { 'image.bytes': ms } }), 'image.bytes')).toBeNull();
  });
});

describe('factOf', () => {
  it('is the number, 0 included, or null', () => {
    const sample = exampleSample({ facts: { 'build.cachedSteps': 0 } });
    expect(factOf(sample, 'build.cachedSteps')).toBe(0);
    expect(factOf(sample, 'image.bytes')).toBeNull();
  });
});
