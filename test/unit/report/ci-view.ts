import type { CiView } from '../../../src/report/ci-view.ts';
import type { GateView } from '../../../src/report/gate-view.ts';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { GateRecord } from '../../../src/results/run-record.ts';
import type { Facts, PhaseName, Sample } from '../../../src/results/sample.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { defaultGates } from '../../../src/verdict/default-gates.ts';
import { judgeGates } from '../../../src/verdict/gate.ts';
import { exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';

/** One variant's code edits: milliseconds of the phases, and facts. */
export interface SideNumbers {
  readonly phases: Readonly<Record<PhaseName, number>>;
  readonly facts: Partial<Facts>;
}

/** The install step comes from the cache. */
export const quick: SideNumbers = {
  phases: { build: 4000, push: 300, pull: 400, stop: 500, start: 900, ready: 2000 },
  facts: {
    'image.layers': 7,
    'push.bytes': 5210,
    'push.layers': 1,
    'pull.bytes': 5210,
    'pull.layers': 1,
    'build.steps': 9,
    'build.cachedSteps': 5,
  },
};

/** The sources are copied before the install step. */
export const slow: SideNumbers = {
  phases: { build: 30_000, push: 6000, pull: 8000, stop: 500, start: 900, ready: 2000 },
  facts: {
    ...quick.facts,
    'push.bytes': 22_800_000,
    'push.layers': 3,
    'pull.bytes': 22_800_000,
    'pull.layers': 3,
    'build.cachedSteps': 1,
  },
};

export interface Wanted {
  /** Null: head alone. */
  readonly base: SideNumbers | null;
  readonly head: SideNumbers;
  readonly rounds?: number;
  /** Noise of each number, as a share. */
  readonly noise?: number;
  readonly gates?: readonly GateRecord[] | null;
  readonly over?: Partial<CiView>;
  readonly samples?: (samples: readonly Sample[]) => readonly Sample[];
}

/** What `deployclock ci` would report of such deploys. */
export function ciViewOf({
  base,
  head,
  rounds = 10,
  noise = 0.01,
  gates = defaultGates,
  over = {},
  ...more
}: Wanted): CiView {
  const sides = Object.entries({ ...(base === null ? {} : { base }), head });
  const samples = Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) =>
    sides.map(([variant, numbers], order) => codeEdit(variant, numbers, round, order + 1, noise)),
  );
  const record = exampleRecord(
    sides.map(([name]) => name),
    rounds,
  );
  const run: RunFolder = exampleRun(more.samples?.(samples) ?? samples, {
    record: {
      ...record,
      scenario: { ...record.scenario, name: 'shop' },
      plan: {
        ...record.plan,
        kinds: ['code-edit'],
        turns: record.plan.turns.filter(({ kind }) => kind === 'code-edit'),
      },
    },
  });
  return {
    run,
    comparison: compareRun(run),
    gates: gates === null ? null : gateView(run, gates),
    base: { ref: 'origin/main', commit: '0123456789abcdef0123456789abcdef01234567' },
    head: { ref: 'HEAD', commit: 'fedcba9876543210fedcba9876543210fedcba98' },
    baseMissing: base === null ? 'origin/main has no Dockerfile: it is new in HEAD.' : null,
    warnings: [],
    ...over,
  };
}

function gateView(run: RunFolder, gates: readonly GateRecord[]): GateView {
  return { run, report: judgeGates(run, gates, null), off: [], inconclusive: 'warn', warnings: [] };
}

export function gateOn(metric: string, over: Partial<GateRecord>): GateRecord {
  return { metric, budget: null, maxIncrease: null, floorMs: 200, level: 'error', erratic: false, ...over };
}

function codeEdit(
  variant: string,
  { phases, facts }: SideNumbers,
  round: number,
  order: number,
  noise: number,
): Sample {
  // Spread evenly, not alike, and the same in every run: fractional parts of multiples of an irrational number.
  const factor = (index: number): number => 1 + noise * ((((round * 2 + order + index * 3) * Math.SQRT2) % 1) * 2 - 1);
  const noisy = Object.fromEntries(Object.entries(phases).map(([name, ms], index) => [name, ms * factor(index)]));
  return exampleSample({ phases: noisy, facts }, { kind: 'code-edit', variant, round, order });
}
