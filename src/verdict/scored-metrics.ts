import type { TimeName } from '../results/metric-name.ts';
import type { Comparison, KindComparison, VariantMetrics } from './comparison.ts';
import { type ScoredName, scoredNames } from './control-points.ts';
import { type Grade, gradeOf } from './grade.ts';
import { factValue } from './metric.ts';

/** One number of the scorecard, of every variant. */
export interface ScoredMetric {
  readonly name: ScoredName;
  /** The deploy kind that it was measured in; null where the run has none that shows it. */
  readonly kind: string | null;
  /** In the order of the comparison's variants. */
  readonly cells: readonly ScoredCell[];
}

export interface ScoredCell {
  /** Bytes or milliseconds; null where it was not measured, and then there is no grade either. */
  readonly value: number | null;
  readonly grade: Grade | null;
  /** What it was taken from; null where the variant was not deployed so. */
  readonly of: VariantMetrics | null;
}

/** Kinds that show a number, the best first. A fresh server pulls the same in both. */
const fresh = ['first', 'new-server'];
const edit = ['code-edit'];

const measuredIn: Readonly<Record<Exclude<ScoredName, 'image-size'>, { kinds: readonly string[]; time: TimeName }>> = {
  'fresh-pull': { kinds: fresh, time: 'pull' },
  rebuild: { kinds: edit, time: 'build' },
  'cold-start': { kinds: fresh, time: 'cold-start' },
  release: { kinds: edit, time: 'release' },
};

/** The scorecard's numbers with their grades, computed from a comparison alone. */
export function scoredMetrics(comparison: Comparison): ScoredMetric[] {
  return scoredNames.map((name) => {
    const kind = name === 'image-size' ? imageKind(comparison) : kindOf(comparison, name);
    const cells = comparison.variants.map((variant) => {
      const of = kind?.variants.find((each) => each.variant === variant) ?? null;
      const value = of === null ? null : numberOf(of, name);
      const graded = name !== 'release' || kind?.kind === 'code-edit';
      return { value, grade: graded ? gradeOf(name, value) : null, of };
    });
    return { name, kind: kind?.kind ?? null, cells };
  });
}

/** Which time of a deploy is scored under this name; null for a size. */
export function scoredTime(name: ScoredName): TimeName | null {
  return name === 'image-size' ? null : measuredIn[name].time;
}

function numberOf(of: VariantMetrics, name: ScoredName): number | null {
  switch (name) {
    case 'image-size': {
      const bytes = of.facts['image.bytes'];
      return bytes === null ? null : factValue(bytes);
    }
    case 'fresh-pull':
      return of.phases.pull?.median ?? null;
    case 'rebuild':
      return of.phases.build?.median ?? null;
    case 'cold-start':
      return of.coldStart?.median ?? null;
    case 'release':
      return of.release?.median ?? null;
  }
}

/** Without a code-edit, the release clock of the first kind there is: shown, and not graded. */
function kindOf({ kinds }: Comparison, name: Exclude<ScoredName, 'image-size'>): KindComparison | null {
  const wanted = measuredIn[name].kinds;
  const found = wanted.flatMap((each) => kinds.filter(({ kind }) => kind === each));
  const withNumbers = found.find(({ variants }) => variants.some((variant) => numberOf(variant, name) !== null));
  const any = withNumbers ?? found[0] ?? null;
  return any === null && name === 'release'
    ? (kinds.find(({ variants }) => variants.some(({ release }) => release !== null)) ?? null)
    : any;
}

/** The last kind in which every variant has a size, or else the last in which one has. */
function imageKind({ kinds }: Comparison): KindComparison | null {
  const has = ({ facts }: VariantMetrics): boolean => facts['image.bytes'] !== null;
  const built = kinds.filter(({ variants }) => variants.some(({ facts }) => facts['build.steps'] !== null));
  const from = built.some(({ variants }) => variants.some(has)) ? built : kinds;
  return (
    from.findLast(({ variants }) => variants.every(has)) ?? from.findLast(({ variants }) => variants.some(has)) ?? null
  );
}
