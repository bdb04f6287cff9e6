import { basename } from 'node:path';
import { DeployclockError } from '../errors.ts';
import type { HistoryEntry } from '../results/history-entry.ts';
import { type MetricName, metricNamesOf, parseMetricName } from '../results/metric-name.ts';
import { nearestWord } from '../scenario/nearest-word.ts';
import { kindsOf, scenariosOf, variantsOf } from '../verdict/trends.ts';
import { wordOf } from './split-list.ts';

/**
 * The entries of a scenario, which may be named by its folder; all where none is named.
 * @throws DeployclockError USAGE with the nearest scenario that has a history
 */
export function entriesOf(entries: readonly HistoryEntry[], scenario: string | undefined): readonly HistoryEntry[] {
  if (scenario === undefined) return entries;
  const known = scenariosOf(entries);
  const name = wordOf(known.includes(scenario) ? scenario : basename(scenario), known, 'history of a scenario');
  return entries.filter((entry) => entry.scenario === name);
}

/** @throws DeployclockError USAGE with the nearest variant of these runs */
export function chosenVariants(entries: readonly HistoryEntry[], names: readonly string[]): readonly string[] | null {
  if (names.length === 0) return null;
  const known = variantsOf(entries);
  return names.map((name) => wordOf(name, known, 'variant'));
}

/** @throws DeployclockError USAGE with the nearest metric of these runs' kinds */
export function chosenMetrics(
  entries: readonly HistoryEntry[],
  names: readonly string[],
): readonly MetricName[] | null {
  if (names.length === 0) return null;
  const kinds = kindsOf(entries);
  return names.map((name) => {
    const metric = parseMetricName(name, kinds);
    if (metric !== null) return metric;
    const near = nearestWord(name, metricNamesOf(kinds));
    throw new DeployclockError(
      'USAGE',
      `There is no metric "${name}" in these runs.${near === null ? '' : ` Did you mean "${near}"?`}`,
      { hint: `A kind and a time or a fact, as --metric ${near ?? `${kinds[0]}.release`}; kinds: ${kinds.join(', ')}` },
    );
  });
}
