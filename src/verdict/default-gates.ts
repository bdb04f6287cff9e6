import type { TimeName } from '../results/metric-name.ts';
import type { GateRecord } from '../results/run-record.ts';
import { defaultMargin } from './margin.ts';

const gatedTimes = ['release', 'build', 'push', 'pull', 'stop', 'cold-start'] as const satisfies TimeName[];

/**
 * What a run is held to where nobody says what: no everyday deploy, and no part of one, may become slower. Six, and chosen before
 * anything is measured: every further one is one more occasion for a false alarm.
 */
export const defaultGates: readonly GateRecord[] = gatedTimes.map((name) => ({
  metric: `code-edit.${name}`,
  budget: null,
  maxIncrease: defaultMargin.share,
  floorMs: defaultMargin.floorMs,
  level: 'error',
  erratic: false,
}));

/** Those that an app with this readiness check can have: a job has ended by itself, and nothing of it is stopped. */
export function defaultGatesFor(check: string): readonly GateRecord[] {
  return defaultGates.filter(({ metric }) => check !== 'exit' || metric !== 'code-edit.stop');
}
