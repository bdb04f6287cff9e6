import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison } from '../verdict/comparison.ts';
import { safeDocument } from './safe-document.ts';

const reportSchemaVersion = 1;

/**
 * The report for programs, one JSON document:
 *
 *     { "schema": 1,              // of this document; another number means that a key changed its meaning or went
 *       "run": { … },             // run.json as the schema in results/run-record.ts gives it
 *       "comparison": { … } }     // the type Comparison of verdict/comparison.ts: times in milliseconds, sizes in bytes
 *
 * Of each variant but the baseline `comparison.kinds[].variants[].changes` holds the verdicts: for each time a TimeChange
 * (verdict/time-change.ts: ratio, difference, their 95 % intervals, pairs, verdict, what the run could have seen), for each fact a FactChange
 * (verdict/fact-change.ts). `comparison.margin` is what the verdicts on times go by. `ratio` beside a `median` is that of the medians, and
 * has no interval.
 *
 * What is missing is null, never 0: an interval below six pairs too. Keys have a fixed order. Texts are whole, as they were recorded; what a
 * terminal would obey in them is escaped, so the document can be printed.
 */
export function renderJson(run: RunFolder, comparison: Comparison): string {
  return safeDocument({ schema: reportSchemaVersion, run: run.record, comparison });
}
