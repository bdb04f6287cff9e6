import type { TimeName } from '../results/metric-name.ts';
import type { FactName, Sample } from '../results/sample.ts';

/** The time of that name in a sample, in milliseconds; null where it has none. */
export function timeOf(sample: Sample, name: TimeName): number | null {
  return known(rawTime(sample, name));
}

/** The fact of that name in a sample, in bytes or as a count; null where it has none. */
export function factOf(sample: Sample, name: FactName): number | null {
  return known(sample.facts[name]);
}

function rawTime({ release, phases, downtime }: Sample, name: TimeName): number | null {
  switch (name) {
    case 'release':
      return release?.ms ?? null;
    case 'cold-start':
      return sum(phases.start?.ms ?? null, phases.ready?.ms ?? null);
    case 'downtime':
      return downtime?.ms ?? null;
    default:
      return phases[name]?.ms ?? null;
  }
}

/** Null where one of the two is missing: half a sum is no smaller sum. */
export function sum(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left + right;
}

/** What is not a number, or beyond all of them, was not measured. */
function known(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
