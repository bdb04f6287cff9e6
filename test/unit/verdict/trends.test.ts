import { describe, expect, it } from 'vitest';
import { historiesOf, nameOfTrend, type Trend, type TrendChoice } from '../../../src/verdict/trends.ts';
import { exampleEntry, releasesInSeconds } from '../results/example-history.ts';

const all: TrendChoice = { variants: null, metrics: null, last: null };
const names = (trends: readonly Trend[] | undefined): string[] =>
  (trends ?? []).map((trend) => `${trend.variant} ${nameOfTrend(trend)}`);

describe('historiesOf', () => {
  it('has one history for each scenario, with its runs in the order of their start', () => {
    const entries = [3, 1, 2].map((day) => exampleEntry({ day }));
    const histories = historiesOf([...entries, exampleEntry({ day: 4, scenario: 'go-api' })], all);
    expect(histories.map(({ scenario }) => scenario)).toEqual(['go-api', 'node-api']);
    expect(histories[1]?.runs.map(({ run }) => run.slice(0, 10))).toEqual(['2026-11-01', '2026-11-02', '2026-11-03']);
  });

  it('has a trend for each metric that a run has, with a point for each run', () => {
    const entries = [
      exampleEntry({ day: 1, numbers: { 'before/first': [{ phases: { build: 100 }, facts: { 'image.bytes': 5 } }] } }),
      exampleEntry({ day: 2, numbers: { 'after/first': [{ phases: { build: 90 } }] } }),
    ];
    const [history] = historiesOf(entries, all);
    expect(names(history?.trends)).toEqual([
      'before image.bytes',
      'before first.release',
      'before first.build',
      'before first.image.bytes',
      'after first.release',
      'after first.build',
    ]);
    expect(history?.trends[1]?.points).toEqual([{ median: 100, samples: 1, change: null }, null]);
    expect(history?.trends[0]?.points).toEqual([{ min: 5, max: 5, samples: 1 }, null]);
  });

  it('takes the fact of an image from the first kind that has it', () => {
    const facts = (bytes: number) => [{ facts: { 'image.bytes': bytes } }];
    const entries = [
      exampleEntry({ day: 1, numbers: { 'before/first': facts(5), 'before/code-edit': facts(6) } }),
      exampleEntry({ day: 2, numbers: { 'before/first': facts(5) } }),
    ];
    const [image] = historiesOf(entries, all)[0]?.trends ?? [];
    expect(image).toMatchObject({ metric: { kind: null }, points: [{ max: 5 }, { max: 5 }], steps: [] });
  });

  it('keeps what each run said of a variant and its baseline', () => {
    const pairs = Array.from({ length: 6 }, (_, index) => 10_000 + index);
    const entry = exampleEntry({
      day: 1,
      numbers: {
        'before/first': pairs.map((build) => ({ phases: { build } })),
        'after/first': pairs.map((build) => ({ phases: { build: build * 2 } })),
      },
    });
    const trends = historiesOf([entry], all)[0]?.trends ?? [];
    const changeOf = (name: string) =>
      trends.flatMap((trend) => (trend.sort === 'time' && trend.variant === name ? trend.points : []))[0]?.change;
    expect(changeOf('before')).toBeNull();
    expect(changeOf('after')).toMatchObject({ pairs: 6, verdict: 'slower' });
  });

  it('looks for steps among the chosen runs alone', () => {
    const entries = releasesInSeconds([10, 10, 10, 10, 20, 20, 20, 20]);
    const metric = { sort: 'time', kind: 'code-edit', name: 'release' } as const;
    const chosen = (last: number | null) => historiesOf(entries, { variants: ['before'], metrics: [metric], last })[0];
    expect(chosen(null)?.trends).toMatchObject([{ variant: 'before', steps: [{ at: 4, from: 10_000, to: 20_000 }] }]);
    expect(chosen(5)?.runs).toHaveLength(5);
    expect(chosen(5)?.trends).toMatchObject([{ steps: [] }]);
  });

  it('does not look for steps across machines', () => {
    const entries = releasesInSeconds([10, 10, 10, 10, 20, 20, 20, 20]).map((entry, index) =>
      index < 4 ? { ...entry, fingerprint: { ...entry.fingerprint, hash: 'other' } } : entry,
    );
    expect(historiesOf(entries, all)[0]?.trends.filter(({ steps }) => steps.length > 0)).toEqual([]);
  });

  it('has the variants of the last run first, its baseline before all', () => {
    const old = exampleEntry({ day: 1, numbers: { 'before/first': [{ phases: { build: 1 } }] } });
    const renamed = {
      ...exampleEntry({ day: 2, numbers: { 'after/first': [{ phases: { build: 1 } }] } }),
      baseline: 'after',
    };
    const variants = historiesOf([old, renamed], all)[0]?.trends.map(({ variant }) => variant);
    expect([...new Set(variants)]).toEqual(['after', 'before']);
  });
});
