import type { GateView } from '../../../src/report/gate-view.ts';
import type { GateRecord } from '../../../src/results/run-record.ts';
import type { GateReport, GateResult } from '../../../src/verdict/gate.ts';
import type { TimeChange } from '../../../src/verdict/time-change.ts';
import { exampleRun } from '../results/example-run.ts';

/** A slow-down of `code-edit.pull` of `after` that regressed, with changes. */
export function gateResult(
  over: Partial<Omit<GateResult, 'gate'>> & { readonly gate?: Partial<GateRecord> } = {},
): GateResult {
  const { gate = {}, ...others } = over;
  return {
    gate: {
      ...{ metric: 'code-edit.pull', budget: null, maxIncrease: 0.05, floorMs: 200, level: 'error', erratic: false },
      ...gate,
    },
    variant: 'after',
    rule: 'increase',
    outcome: 'regressed',
    reason: { sort: 'over' },
    kind: 'code-edit',
    value: 0.18,
    limit: 0.05,
    change: slowerBy18Percent,
    baseline: { run: 'this run', variant: 'before' },
    basis: { unit: 'pairs', used: 10, lost: 0, tainted: 0 },
    fails: true,
    ...others,
  };
}

/** A budget of 30 s for the release clock that was kept, with changes. */
export function budgetResult(over: Parameters<typeof gateResult>[0] = {}): GateResult {
  return gateResult({
    rule: 'budget',
    outcome: 'pass',
    reason: { sort: 'within' },
    value: 28_100,
    limit: 30_000,
    change: null,
    baseline: null,
    basis: { unit: 'deploys', used: 10, lost: 0, tainted: 0 },
    fails: false,
    ...over,
    gate: { metric: 'code-edit.release', budget: 30_000, maxIncrease: null, ...over.gate },
  });
}

export const slowerBy18Percent: TimeChange = {
  pairs: 10,
  ratio: 1.18,
  ratioInterval: { low: 1.14, high: 1.22 },
  differenceMs: 1900,
  differenceInterval: { low: 1500, high: 2300 },
  faster: 0,
  slower: 10,
  equal: 0,
  verdict: 'slower',
  spread: 0.03,
  intervalSpread: 0.03,
  detectable: 0.03,
  wouldSee: [],
  outliers: [],
  orderEffect: null,
  drift: null,
};

export function gateView(results: readonly GateResult[], over: Partial<GateView> & Partial<GateReport> = {}): GateView {
  const { outcome = 'pass', ...others } = over;
  return { run: exampleRun([]), report: { results, outcome }, off: [], inconclusive: 'warn', warnings: [], ...others };
}
