import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/results/sample.ts';
import { bottleneckOf } from '../../../src/verdict/bottleneck.ts';
import { detailedRun } from '../report/page/detailed-run.ts';
import { exampleSample } from '../results/example-run.ts';

const of = (samples: readonly Sample[], kind: string, variant: string): Sample[] =>
  samples.filter((sample) => sample.kind === kind && sample.variant === variant);

describe('the bottleneck of a deploy', () => {
  it('is the phase with the largest median, with its share of the release clock', () => {
    const phases = [
      { build: 2000, push: 500, pull: 500, ready: 7000 },
      { build: 9000, push: 500, pull: 500, ready: 7000 },
      { build: 2200, push: 500, pull: 500, ready: 6800 },
    ];
    const found = bottleneckOf(phases.map((each) => exampleSample({ phases: each })));
    expect(found).toMatchObject({
      phase: 'ready',
      ms: 7000,
      releaseMs: 10_000,
      share: 0.7,
      movingMs: 1000,
      imageMs: 1000,
    });
  });

  it('counts what the build spends on base images and on writing the image as worth of its size', () => {
    const { samples } = detailedRun({ variants: ['only'], rounds: 1 });
    const found = bottleneckOf(of(samples, 'first', 'only'));
    const build = samples.find(({ kind }) => kind === 'first')?.phases.build?.detail ?? null;
    expect(found?.imageMs).toBeCloseTo((found?.movingMs ?? 0) + (build?.basePullMs ?? 0) + (build?.exportMs ?? 0), 6);
  });

  it('is never worth more than the whole deploy', () => {
    const run = detailedRun({ variants: ['only'], rounds: 1, kinds: ['first'] });
    const long = run.samples.map((sample) => {
      const { build } = sample.phases;
      return build === null || build.detail === null
        ? sample
        : {
            ...sample,
            phases: { ...sample.phases, build: { ...build, detail: { ...build.detail, basePullMs: 1e9 } } },
          };
    });
    const found = bottleneckOf(long);
    expect(found?.imageMs).toBe(found?.releaseMs);
  });

  it('names the longest step of the build', () => {
    const { samples } = detailedRun({ variants: ['only'], rounds: 3, steps: 6 });
    const longer = of(samples, 'code-edit', 'only').map((sample): Sample => {
      const { build } = sample.phases;
      if (build === null || build.detail === null) return sample;
      const steps = build.detail.steps.map((step, at) => (at === 5 ? { ...step, ms: 20_000 } : step));
      return {
        ...sample,
        release: { ms: 30_000 },
        phases: { ...sample.phases, build: { ...build, ms: 21_000, detail: { ...build.detail, steps } } },
      };
    });
    expect(bottleneckOf(longer)).toMatchObject({
      phase: 'build',
      part: { sort: 'step', name: '[6/6] COPY part-5 .', ms: 20_000 },
    });
  });

  it('counts ok samples alone', () => {
    const failed = exampleSample({ phases: { build: 90_000 } }, { outcome: 'crashed' });
    expect(bottleneckOf([failed])).toBeNull();
    expect(bottleneckOf([failed, exampleSample({ phases: { build: 10 } })])?.ms).toBe(10);
  });

  it('has no worth of size where nothing is moved', () => {
    expect(bottleneckOf([exampleSample({ phases: { start: 10, ready: 20 } })])).toMatchObject({
      movingMs: null,
      imageMs: null,
      phase: 'ready',
    });
  });
});
