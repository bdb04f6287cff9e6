import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/results/sample.ts';
import { roundTime } from '../../../src/verdict/round-time.ts';
import { exampleSample } from '../results/example-run.ts';

const at = (round: number, seconds: number, ms = 0): Sample =>
  exampleSample({}, { round, startedAt: new Date(1_800_000_000_000 + seconds * 1000).toISOString(), release: { ms } });

describe('roundTime', () => {
  it('is the median from the start of a round to that of the next', () => {
    const samples = [at(1, 0), at(1, 50), at(2, 100), at(2, 120), at(3, 210), at(4, 9000)];
    expect(roundTime(samples)).toBe(110_000);
  });

  it('is, of a single round, from its first start to the end of its last deploy', () => {
    expect(roundTime([at(1, 0, 30_000), at(1, 40, 5000)])).toBe(45_000);
    expect(roundTime([at(1, 0, 90_000), at(1, 40, 5000)])).toBe(90_000);
  });

  it('is null where nothing was timed', () => {
    expect(roundTime([])).toBeNull();
    expect(roundTime([at(1, 0)])).toBeNull();
    expect(roundTime([exampleSample({}, { startedAt: 'yesterday' })])).toBeNull();
  });
});
