import type { PhaseName, Sample } from '../results/sample.ts';
import { median } from '../stats/median.ts';

/** What takes most inside a phase; medians in milliseconds. */
export type BottleneckPart =
  | { readonly sort: 'step'; readonly name: string; readonly ms: number }
  /** What the link's rate alone needs for the bytes. */
  | { readonly sort: 'link'; readonly ms: number }
  | { readonly sort: 'compression'; readonly ms: number }
  | { readonly sort: 'unpacking'; readonly ms: number }
  /** The old container used so much of its grace period. */
  | { readonly sort: 'grace'; readonly ms: number }
  /** The app was ready so long before its HEALTHCHECK said so. */
  | { readonly sort: 'healthcheck'; readonly ms: number };

/** Null where nothing inside was told apart. */
export function largestPart(samples: readonly Sample[], phase: PhaseName): BottleneckPart | null {
  const parts = partsOf(samples, phase).filter(({ ms }) => ms > 0);
  return parts.toSorted((one, other) => other.ms - one.ms)[0] ?? null;
}

function partsOf(samples: readonly Sample[], phase: PhaseName): BottleneckPart[] {
  const part = (
    sort: Exclude<BottleneckPart['sort'], 'step'>,
    of: (sample: Sample) => number | null | undefined,
  ): BottleneckPart[] => {
    const ms = middle(samples.flatMap((sample) => of(sample) ?? []));
    return ms === null ? [] : [{ sort, ms }];
  };
  switch (phase) {
    case 'build':
      return steps(samples);
    case 'push':
      return [
        ...part('link', ({ phases }) => phases.push?.detail?.linkMs),
        ...part('compression', ({ phases }) => phases.push?.detail?.compressionMs),
      ];
    case 'pull':
      return [
        ...part('link', ({ phases }) => phases.pull?.detail?.linkMs),
        ...part('unpacking', ({ phases }) => phases.pull?.detail?.unpackTailMs),
      ];
    case 'stop':
      return part('grace', ({ phases }) => phases.stop?.detail?.stopMs);
    case 'ready':
      return part('healthcheck', ({ phases }) => phases.ready?.detail?.healthcheck?.addedMs);
    case 'start':
      return [];
  }
}

/** Each step by its name, in the samples that made it. */
function steps(samples: readonly Sample[]): BottleneckPart[] {
  const times = new Map<string, number[]>();
  for (const step of samples.flatMap(({ phases }) => phases.build?.detail?.steps ?? [])) {
    times.set(step.name, [...(times.get(step.name) ?? []), step.ms]);
  }
  return [...times].flatMap(([name, own]) => {
    const ms = middle(own);
    return ms === null ? [] : [{ sort: 'step' as const, name, ms }];
  });
}

function middle(values: readonly number[]): number | null {
  return values.length === 0 ? null : median(values);
}
