import type { TimeName } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { timeOf } from '../verdict/metric-value.ts';
import { type PairOf, pairsOf, withRatio } from '../verdict/pairs.ts';
import { splitStages } from '../verdict/stages.ts';

/** The ratio of each pair that a change was made from, in order: what is shown where there are too few for an interval. */
export function ratiosOf({ record, samples }: RunFolder, of: PairOf, name: TimeName): number[] {
  const pairs = pairsOf(samples, of, (sample) => timeOf(sample, name));
  const { screening, confirming } = splitStages(pairs, record);
  const used = withRatio(confirming.length > 0 ? confirming : screening);
  return used.map(({ baseline, variant }) => variant / baseline);
}
