import { describe, expect, it } from 'vitest';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { GateRecord } from '../../../src/results/run-record.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { exampleSample } from '../results/example-run.ts';
import { gate, judge } from './judged.ts';
import { runOf } from './paired-run.ts';

describe('an increase of a fact', () => {
  const growth = (share: number): GateRecord => gate('first.image.bytes', { maxIncrease: share });
  const sized = (sizes: readonly (readonly [number | null, number | null])[]): RunFolder =>
    runOf(
      sizes.flatMap(([before, after], index) =>
        (
          [
            ['before', before],
            ['after', after],
          ] as const
        ).map(([variant, size]) =>
          exampleSample({ facts: { 'image.bytes': size === null ? null : size * 1e6 } }, { variant, round: index + 1 }),
        ),
      ),
      sizes.length,
    );

  it.each([
    ['pass', 0, [[100, 100]], 0],
    ['pass', 0, [[100, 90]], -0.1],
    ['regressed', 0, [[100, 101]], 0.01],
    ['pass', 0.15, [[100, 115]], 0.15],
    ['regressed', 0.15, [[100, 116]], 0.16],
    ['pass', 0, [[0, 0]], 0],
    ['regressed', 0.5, [[0, 1]], null],
    // Varying, and on one side of the limit all the same.
    [
      'pass',
      0.1,
      [
        [100, 105],
        [102, 110],
      ],
      0.1,
    ],
    [
      'regressed',
      0.1,
      [
        [100, 120],
        [102, 125],
      ],
      120 / 102 - 1,
    ],
    [
      'inconclusive',
      0,
      [
        [100, 99],
        [100, 101],
      ],
      0.01,
    ],
    [
      'inconclusive',
      0,
      [
        [100, 100],
        [99, 100],
      ],
      100 / 99 - 1,
    ],
  ] as const)('%s with at most %f: %j', (outcome, share, sizes, value) => {
    const result = judge(sized(sizes), growth(share));
    expect(result.outcome).toBe(outcome);
    if (value === null) expect(result.value).toBeNull();
    else expect(result.value).toBeCloseTo(value, 12);
    expect(result.reason.sort).toBe({ pass: 'within', regressed: 'over', inconclusive: 'not-reproducible' }[outcome]);
  });

  it('needs no more than one deploy of each, and has both ranges', () => {
    expect(judge(sized([[100, 120]]), growth(0)).change).toEqual({
      verdict: 'more',
      baseline: { min: 100e6, max: 100e6, samples: 1 },
      variant: { min: 120e6, max: 120e6, samples: 1 },
    });
  });

  it.each([
    [[null, 5], 'before'],
    [[5, null], 'after'],
  ] as const)('is not judged where one side has no number: %j', (sizes, variant) => {
    expect(judge(sized([sizes]), growth(0))).toMatchObject({
      outcome: 'not-judged',
      reason: { sort: 'no-number', kind: 'first', variant },
    });
  });

  it('is judged by kind where the gate names none: an edit makes an image larger, and no build irreproducible', () => {
    const image = (kind: string, variant: string, size: number): Sample =>
      exampleSample({ facts: { 'image.bytes': size } }, { kind, variant });
    const run = (edited: number): RunFolder =>
      runOf(
        [
          ...[image('first', 'before', 100), image('first', 'after', 100)],
          ...[image('code-edit', 'before', 103), image('code-edit', 'after', edited)],
        ],
        1,
      );
    const anyKind = gate('image.bytes', { maxIncrease: 0 });
    expect(judge(run(103), anyKind)).toMatchObject({ outcome: 'pass' });
    expect(judge(run(104), anyKind)).toMatchObject({ outcome: 'regressed', kind: 'code-edit' });
  });

  it('takes no notice of the few bytes by which compressed edits differ', () => {
    const kinds = (after: number) =>
      sized([
        [22.779325, after],
        [22.778654, after + 0.0005],
      ]);
    expect(judge(kinds(22.7788), growth(0)).outcome).toBe('pass');
    expect(judge(kinds(22.79), growth(0)).outcome).toBe('regressed');
  });
});
