import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison, KindComparison, VariantMetrics } from '../verdict/comparison.ts';
import { verdictFootnotes } from './verdict-footnotes.ts';
import { type Headline, verdictHeadline } from './verdict-headline.ts';
import { ratiosOf } from './verdict-points.ts';
import { type VerdictTable, verdictTable } from './verdict-table.ts';

/** What is said of one variant in one deploy kind, before its numbers. */
export interface VariantVerdict {
  readonly headline: Headline | null;
  readonly table: VerdictTable | null;
  /** Of the table. */
  readonly footnotes: readonly string[];
}

/** One for each variant but the baseline. */
export function kindVerdicts(run: RunFolder, comparison: Comparison, kind: KindComparison): VariantVerdict[] {
  const [baseline, ...others] = kind.variants;
  return baseline === undefined ? [] : others.map((variant) => verdictOn(run, comparison, kind, baseline, variant));
}

function verdictOn(
  run: RunFolder,
  comparison: Comparison,
  kind: KindComparison,
  baseline: VariantMetrics,
  variant: VariantMetrics,
): VariantVerdict {
  const { changes } = variant;
  const of = { kind: kind.kind, baseline: baseline.variant, variant: variant.variant };
  const table = changes === null ? null : verdictTable(variant.variant, changes, (name) => ratiosOf(run, of, name));
  const { stopping } = run.record.plan;
  return {
    headline: verdictHeadline(kind.kind, baseline, variant, comparison.margin),
    table,
    footnotes: changes === null || table === null ? [] : verdictFootnotes(changes, { stopping, comparison, kind }),
  };
}
