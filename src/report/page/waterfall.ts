import { type PhaseName, phaseNames, type Sample } from '../../results/sample.ts';
import { buildRows } from './waterfall-build.ts';
import { pullRows, pushRows } from './waterfall-layers.ts';
import type { PhaseRows } from './waterfall-row.ts';
import { readyRows, startRows, stopRows } from './waterfall-start.ts';

/** One phase of a waterfall; milliseconds from the deploy's beginning. */
export interface WaterfallPhase extends PhaseRows {
  readonly phase: PhaseName;
  readonly startMs: number;
  readonly endMs: number;
}

export interface Waterfall {
  readonly phases: readonly WaterfallPhase[];
  readonly releaseMs: number;
  /** What no phase claims; it lies between the phases, nobody knows where. */
  readonly unattributedMs: number | null;
}

/** One deploy on a time axis. Phases follow each other without a gap, since a sample does not say where the gaps are. */
export function waterfallOf(sample: Sample, replace: 'stop-first' | 'start-first'): Waterfall {
  const order: readonly PhaseName[] =
    replace === 'stop-first' ? phaseNames : ['build', 'push', 'pull', 'start', 'ready', 'stop'];
  const phases: WaterfallPhase[] = [];
  let at = 0;
  for (const phase of order) {
    const ms = sample.phases[phase]?.ms ?? null;
    if (ms === null) continue;
    phases.push({ phase, startMs: at, endMs: at + ms, ...inside(sample, phase, at) });
    at += ms;
  }
  return { phases, releaseMs: sample.release?.ms ?? at, unattributedMs: sample.unattributedMs };
}

function inside(sample: Sample, phase: PhaseName, at: number): PhaseRows {
  const { build, push, pull, stop, start, ready } = sample.phases;
  switch (phase) {
    case 'build':
      return buildRows(build?.detail ?? null, at);
    case 'push':
      return pushRows(push?.detail ?? null, at);
    case 'pull':
      return pullRows(pull?.detail ?? null, at, pull?.ms ?? 0);
    case 'stop':
      return stopRows(stop?.detail ?? null, at);
    case 'start':
      return startRows(start?.detail ?? null, at);
    case 'ready':
      return readyRows(ready?.detail ?? null, at);
  }
}
