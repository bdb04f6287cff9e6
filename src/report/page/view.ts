import type { RunFolder } from '../../results/run-folder.ts';
import type { Sample } from '../../results/sample.ts';
import type { Comparison, KindComparison, VariantMetrics } from '../../verdict/comparison.ts';
import { clip } from './html.ts';

/** What the page is about: a run and its comparison, and which of it is told first. Its texts are safe to show. */
export interface PageView {
  readonly run: RunFolder;
  readonly comparison: Comparison;
  /** The deploy kind that is told first: the everyday one, where it was measured. Null where no deploy counts. */
  readonly kind: KindComparison | null;
  readonly baseline: VariantMetrics | null;
  /** The variant that is told of: the fastest beside the baseline. Null where there is no other. */
  readonly subject: VariantMetrics | null;
}

const everyday = 'code-edit';

export function pageView(run: RunFolder, comparison: Comparison): PageView {
  const measured = comparison.kinds.filter(({ variants }) => variants.some(({ release }) => release !== null));
  const kind = measured.find((each) => each.kind === everyday) ?? measured[0] ?? null;
  const [baseline = null, ...others] = kind?.variants ?? [];
  const [subject = null] = others.toSorted((one, other) => clockOf(one) - clockOf(other));
  return { run, comparison, kind, baseline, subject };
}

function clockOf({ release }: VariantMetrics): number {
  return release?.median ?? Number.MAX_VALUE;
}

/** All kinds, the one that is told first before the others. */
export function kindsOf({ comparison, kind }: PageView): KindComparison[] {
  const first = kind?.kind;
  return comparison.kinds.toSorted((one, other) => Number(other.kind === first) - Number(one.kind === first));
}

export function samplesOf({ samples }: RunFolder, kind: string, variant: string): Sample[] {
  return samples.filter((sample) => sample.kind === kind && sample.variant === variant);
}

/** `Deploying a code edit`, as the subject of the page's sentences. */
export function actText(kind: string): string {
  const acts: Readonly<Record<string, string>> = {
    first: 'The first deploy',
    'code-edit': 'Deploying a code edit',
    'dependency-edit': 'Deploying a dependency edit',
    'no-change': 'A redeploy without a change',
    'new-server': 'Bringing the release to a new server',
    rollback: 'A rollback',
  };
  return Object.hasOwn(acts, kind) ? (acts[kind] ?? kind) : `A ${kind} deploy`;
}

/** As it was recorded, in UTC. */
export function dayOf(instant: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(instant)
    ? `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`
    : clip(instant, 40);
}
