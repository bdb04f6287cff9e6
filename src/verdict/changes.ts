import { type TimeName, timeNames } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { type FactName, factNames } from '../results/sample.ts';
import { type FactChange, factChange } from './fact-change.ts';
import { fewestPairs } from './gate-rule.ts';
import { mapNames } from './map-names.ts';
import type { Margin } from './margin.ts';
import { factOf, timeOf } from './metric-value.ts';
import { type PairOf, pairsOf, withRatio } from './pairs.ts';
import { splitStages } from './stages.ts';
import { type TimeChange, timeChange } from './time-change.ts';

/** How a variant differs from the baseline in one kind: null where the two have no pair, or one never has the fact. */
export interface Changes {
  readonly times: Readonly<Record<TimeName, TimeChange | null>>;
  readonly facts: Readonly<Record<FactName, FactChange | null>>;
}

/**
 * Times are compared pair by pair, facts over all `ok` samples. Of a run that screens and confirms, times are those of its confirming rounds
 * alone where these have enough pairs for an interval: a kind may also be deployed there only for another one's sake.
 */
export function changesOf({ record, samples }: RunFolder, of: PairOf, margin: Margin): Changes {
  const ok = samples.filter(({ kind, outcome }) => kind === of.kind && outcome === 'ok');
  const [baseline, variant] = [of.baseline, of.variant].map((name) => ok.filter((sample) => sample.variant === name));
  return {
    times: mapNames(timeNames, (name) => {
      const { screening, confirming } = splitStages(
        pairsOf(samples, of, (sample) => timeOf(sample, name)),
        record,
      );
      return timeChange(withRatio(confirming).length >= fewestPairs ? confirming : screening, margin);
    }),
    facts: mapNames(factNames, (name) =>
      factChange(
        (baseline ?? []).map((sample) => factOf(sample, name)),
        (variant ?? []).map((sample) => factOf(sample, name)),
      ),
    ),
  };
}
