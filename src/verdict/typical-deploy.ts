import { phaseNames, type Sample } from '../results/sample.ts';
import { median } from '../stats/median.ts';
import { timeOf } from './metric-value.ts';

/**
 * The deploy that stands for a variant's deploys of a kind: the `ok` sample nearest the medians, by the sum of what its release clock and its
 * phases are away from them; of equally near ones the first. Null where none counts.
 */
export function typicalDeploy(samples: readonly Sample[], kind: string, variant: string): Sample | null {
  const own = samples.filter((each) => each.kind === kind && each.variant === variant && each.outcome === 'ok');
  const middles = names.map((name) => middleOf(own.flatMap((sample) => timeOf(sample, name) ?? [])));
  const distance = (sample: Sample): number =>
    names.reduce((sum, name, index) => sum + Math.abs((timeOf(sample, name) ?? 0) - (middles[index] ?? 0)), 0);
  return own.reduce<Sample | null>(
    (nearest, sample) => (nearest === null || distance(sample) < distance(nearest) ? sample : nearest),
    null,
  );
}

const names = ['release', ...phaseNames] as const;

function middleOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : median(values);
}
