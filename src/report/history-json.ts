import { nameOfTrend, type ScenarioHistory, type Trend } from '../verdict/trends.ts';
import { safeDocument } from './safe-document.ts';

const historyReportSchemaVersion = 1;

/**
 * The history for programs, one JSON document:
 *
 *     { "schema": 1,                // of this document
 *       "scenarios": [ { "scenario", "baseline",
 *         "runs": [ … ],            // lines of history.ndjson, see results/history-entry.ts, the oldest first
 *         "trends": [ { "metric", "sort", "variant",
 *           "points": [ … ],        // one for each run; null where it has no such number. Milliseconds, bytes, counts
 *           "steps": [ { "run", "from", "to", … } ] } ] } ],
 *       "warnings": [ … ] }         // lines that were left out
 *
 * Texts are whole; what a terminal would obey in them is escaped, so the document can be printed.
 */
export function renderHistoryJson(histories: readonly ScenarioHistory[], warnings: readonly string[]): string {
  const scenarios = histories.map(({ scenario, baseline, runs, trends }) => ({
    ...{ scenario, baseline, runs },
    trends: trends.map((trend) => trendDocument(trend, runs)),
  }));
  return safeDocument({ schema: historyReportSchemaVersion, scenarios, warnings });
}

function trendDocument(trend: Trend, runs: ScenarioHistory['runs']): object {
  const { sort, variant, points, steps } = trend;
  const named = steps.map(({ at, ...step }) => ({ run: runs[at]?.run ?? null, ...step }));
  return { metric: nameOfTrend(trend), sort, variant, points, steps: named };
}
