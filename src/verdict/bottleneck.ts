import { type PhaseName, phaseNames, type Sample } from '../results/sample.ts';
import { median } from '../stats/median.ts';
import { type BottleneckPart, largestPart } from './bottleneck-part.ts';
import { timeOf } from './metric-value.ts';

/** Where the time of a variant's deploys of one kind goes; medians over its `ok` samples, in milliseconds. */
export interface Bottleneck {
  readonly releaseMs: number;
  /** The phase that takes most. */
  readonly phase: PhaseName;
  readonly ms: number;
  /** Of the release clock. */
  readonly share: number;
  /** What takes most inside that phase, where it was told apart. */
  readonly part: BottleneckPart | null;
  /** Push and pull together; null where neither was made. */
  readonly movingMs: number | null;
  /**
   * All that an image's size can have to do with: push, pull, and in the build fetching bases and writing the image. An image of nothing would
   * save no more than this. Null where none of it was made.
   */
  readonly imageMs: number | null;
}

/** @param samples those of one variant and kind; only `ok` ones count. Null where none has a release clock. */
export function bottleneckOf(samples: readonly Sample[]): Bottleneck | null {
  const ok = samples.filter(({ outcome }) => outcome === 'ok');
  const releaseMs = middle(ok, (sample) => timeOf(sample, 'release'));
  if (releaseMs === null || releaseMs <= 0) return null;
  const phases = phaseNames.flatMap((phase) => {
    const ms = middle(ok, (sample) => timeOf(sample, phase));
    return ms === null ? [] : [{ phase, ms }];
  });
  const [first] = phases.toSorted((one, other) => other.ms - one.ms);
  if (first === undefined) return null;
  const imageMs = middle(ok, imageTime);
  return {
    releaseMs,
    ...first,
    share: first.ms / releaseMs,
    part: largestPart(ok, first.phase),
    movingMs: middle(ok, movingTime),
    imageMs: imageMs === null ? null : Math.min(imageMs, releaseMs),
  };
}

function movingTime(sample: Sample): number | null {
  return total([timeOf(sample, 'push'), timeOf(sample, 'pull')]);
}

function imageTime(sample: Sample): number | null {
  const build = sample.phases.build?.detail ?? null;
  return total([movingTime(sample), build?.basePullMs ?? null, build?.exportMs ?? null]);
}

/** Of those that were made. */
function total(times: readonly (number | null)[]): number | null {
  const made = times.filter((time) => time !== null);
  return made.length === 0 ? null : made.reduce((sum, time) => sum + time, 0);
}

function middle(samples: readonly Sample[], of: (sample: Sample) => number | null): number | null {
  const values = samples.flatMap((sample) => of(sample) ?? []);
  return values.length === 0 ? null : median(values);
}
