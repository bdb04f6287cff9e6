import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison, KindComparison, VariantMetrics } from '../verdict/comparison.ts';
import type { GateView } from './gate-view.ts';

/** A git revision as it was named, and the full name of its commit. */
interface RevisionOfRun {
  readonly ref: string;
  readonly commit: string;
}

/** What a run of `deployclock ci` came to. */
export interface CiView {
  readonly run: RunFolder;
  readonly comparison: Comparison;
  /** Null where nothing could be judged: no base and no budget, or no deploy to judge. */
  readonly gates: GateView | null;
  readonly base: RevisionOfRun;
  readonly head: RevisionOfRun;
  /** Why there is no base to compare with, in a whole sentence. */
  readonly baseMissing: string | null;
  /** What makes the comparison another one than may have been meant. */
  readonly warnings: readonly string[];
}

/** Base and head in one kind; base is null where head was measured alone. */
export interface Sides {
  readonly base: VariantMetrics | null;
  readonly head: VariantMetrics;
}

/** Null for a kind without variants, which no run has. */
export function sidesOf({ variants }: KindComparison): Sides | null {
  const [first, second] = variants;
  if (first === undefined) return null;
  return second === undefined ? { base: null, head: first } : { base: first, head: second };
}

/** The everyday deploy, or where it was not made the first kind that was. */
export function mainKind({ kinds }: Comparison): KindComparison | null {
  return kinds.find(({ kind }) => kind === 'code-edit') ?? kinds[0] ?? null;
}

/** Null where the run has no kind of that name. */
export function kindNamed({ kinds }: Comparison, name: string | null): KindComparison | null {
  return kinds.find(({ kind }) => kind === name) ?? null;
}

const deploys: Readonly<Record<string, string>> = {
  first: 'a first deploy takes',
  'code-edit': 'a code edit deploys in',
  'dependency-edit': 'a dependency edit deploys in',
  'no-change': 'a redeploy without a change takes',
  'new-server': 'a new server is up in',
  rollback: 'a rollback takes',
};

/** The beginning of a sentence on a kind's release clock: `a code edit deploys in`. */
export function deployTakes(kind: string): string {
  return Object.hasOwn(deploys, kind) ? (deploys[kind] ?? '') : `${kind} takes`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
