import { expect, test } from 'vitest';
import type { GateRecord } from '../../../src/results/run-record.ts';
import type { Outcome, Sample } from '../../../src/results/sample.ts';
import { planScreening, screensInRound, screensInTurn, suspectsOf } from '../../../src/verdict/screening-turns.ts';
import { exampleSample } from '../results/example-run.ts';

const compared = { baseline: 'base', variant: 'head' };

function slowdown(metric: string, over: Partial<GateRecord> = {}): GateRecord {
  return { metric, budget: null, maxIncrease: 0.05, floorMs: 200, level: 'error', erratic: false, ...over };
}

interface Deploy {
  readonly variant: string;
  readonly kind: string;
  readonly index: number;
  readonly confirming: boolean;
}

/** Drives a plan as a run does, with build times from `buildMs`, and answers what was made. */
function drive(
  gates: readonly GateRecord[],
  kinds: readonly string[],
  buildMs: (deploy: Deploy) => number,
  outcomeOf: (deploy: Deploy) => Outcome = () => 'ok',
): { samples: Sample[]; suspects: string[]; count: (kind: string, round: number) => number } {
  const plan = planScreening(gates, kinds);
  const samples: Sample[] = [];
  const over = new Set<string>();
  for (let round = 1; round <= plan.rounds; round += 1) {
    if (!screensInRound(plan, compared, round, samples)) continue;
    over.clear();
    for (const kind of kinds) {
      for (let repeat = 1; repeat <= (plan.repeats[kind] ?? 1); repeat += 1) {
        for (const variant of ['base', 'head']) {
          if (over.has(variant) || !screensInTurn(plan, compared, { round, kind, repeat }, samples)) continue;
          const index = plan.pairsAre === 'rounds' ? round : repeat;
          const deploy = { variant, kind, index, confirming: round >= plan.confirmFrom };
          const outcome = outcomeOf(deploy);
          if (outcome !== 'ok') over.add(variant);
          const changes = { round, repeat, variant, kind, outcome, order: samples.length + 1 };
          samples.push(exampleSample({ phases: { build: buildMs(deploy), push: 1000 } }, changes));
        }
      }
    }
  }
  const count = (kind: string, round: number): number =>
    samples.filter((sample) => sample.kind === kind && sample.round === round && sample.variant === 'head').length;
  return { samples, suspects: suspectsOf(plan, compared, samples).map(({ kind, name }) => `${kind}.${name}`), count };
}

const lap = ['first', 'code-edit'];
const gates = [slowdown('code-edit.build'), slowdown('code-edit.push')];
/** Noise of ± 1 %, the same in every test. */
const noise = (index: number): number => 1 + (((index * 7) % 5) - 2) / 200;

test('nothing has changed: six pairs pass, and no second round is made', () => {
  const { count, suspects } = drive(gates, lap, ({ index, variant }) => 10_000 * noise(index + variant.length));
  expect([count('first', 1), count('code-edit', 1), count('first', 2)]).toEqual([1, 6, 0]);
  expect(suspects).toEqual([]);
});

test('what is slower is suspected after six pairs, and measured again ten times on a lap of its own', () => {
  const { count, suspects } = drive(
    gates,
    lap,
    ({ index, variant }) => (variant === 'head' ? 15_000 : 10_000) * noise(index),
  );
  expect(suspects).toEqual(['code-edit.build']);
  expect([count('code-edit', 1), count('first', 2), count('code-edit', 2)]).toEqual([6, 1, 10]);
});

test('what stays open is measured up to twenty pairs', () => {
  const { count, suspects } = drive(gates, lap, ({ index, variant }) =>
    variant === 'base' ? 10_000 : 10_500 + 1500 * Math.sin(index * 2.4),
  );
  expect([count('code-edit', 1), suspects.length, count('first', 2)]).toEqual([20, 0, 0]);
});

test('a kind that no gate compares is deployed once', () => {
  const { count } = drive(gates, ['first', 'code-edit', 'no-change'], () => 10_000);
  expect([count('code-edit', 1), count('no-change', 1)]).toEqual([6, 1]);
});

test('where a first deploy is gated, every pair is a round', () => {
  const slow = drive([slowdown('first.build')], lap, ({ variant }) => (variant === 'head' ? 15_000 : 10_000));
  const rounds = [...new Set(slow.samples.map(({ round }) => round))];
  expect(rounds).toEqual([1, 2, 3, 4, 5, 6, ...Array.from({ length: 10 }, (_, index) => 21 + index)]);
  expect(slow.suspects).toEqual(['first.build']);
});

test('a rollback that is suspected is confirmed after the edit that it needs', () => {
  const kinds = ['first', 'code-edit', 'rollback'];
  const { count } = drive([slowdown('rollback.build')], kinds, ({ kind, variant }) =>
    kind === 'rollback' && variant === 'head' ? 15_000 : 10_000,
  );
  expect([count('code-edit', 1), count('rollback', 1)]).toEqual([1, 6]);
  expect([count('code-edit', 2), count('rollback', 2)]).toEqual([1, 10]);
});

test('a base that does not build leaves six deploys of the head, and a head that does not build none of either', () => {
  const broken = (which: string) =>
    drive(
      gates,
      lap,
      () => 10_000,
      ({ variant }) => (variant === which ? 'build-failed' : 'ok'),
    );
  expect(broken('base').count('code-edit', 1)).toBe(6);
  const { samples } = broken('head');
  expect(samples.filter(({ kind }) => kind === 'code-edit').length).toBeLessThanOrEqual(1);
});

test('facts and gates that are off ask for no pairs, a budget for six deploys', () => {
  const none = [
    slowdown('code-edit.build', { level: 'off' }),
    slowdown('code-edit.pull.bytes'),
    slowdown('code-edit.release', { maxIncrease: null, budget: 30_000 }),
  ];
  // A budget is held against the median of six.
  expect(drive(none, lap, () => 10_000).count('code-edit', 1)).toBe(6);
  expect(drive(none.slice(0, 2), lap, () => 10_000).count('code-edit', 1)).toBe(1);
});

test('a gate that can fail nothing does not end the screening of the others', () => {
  const both = [slowdown('code-edit.build', { erratic: true }), slowdown('code-edit.release', { maxIncrease: 0.073 })];
  const { count } = drive(both, lap, ({ index, variant }) =>
    variant === 'base' ? 10_000 : 10_800 + 150 * Math.sin(index * 2.4),
  );
  // The build is a suspect after six pairs, the release clock, which it is most of, is open until ten or later.
  expect(count('code-edit', 1)).toBeGreaterThan(6);
});
