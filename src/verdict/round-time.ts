import type { Sample } from '../results/sample.ts';
import { median } from '../stats/median.ts';

/**
 * What one more round costs, in milliseconds of wall time: the median from the start of a round to the start of the next, with all that
 * lies between deploys. A round brings one pair for each repeat of a kind. Of a single round, from its first start to the end of its last
 * deploy: less than it took. Null where no round can be timed.
 */
export function roundTime(samples: readonly Sample[]): number | null {
  const starts = [...new Set(samples.map(({ round }) => round))].map((round) =>
    Math.min(...samples.filter((sample) => sample.round === round).map(({ startedAt }) => Date.parse(startedAt))),
  );
  const times = starts.slice(1).map((start, index) => start - (starts[index] ?? Number.NaN));
  const known = (times.length > 0 ? times : singleRound(samples, starts)).filter((time) => time > 0);
  return known.length === 0 ? null : median(known);
}

function singleRound(samples: readonly Sample[], starts: readonly number[]): number[] {
  const ends = samples.map(({ startedAt, release }) => Date.parse(startedAt) + (release?.ms ?? 0));
  return starts.map((start) => Math.max(...ends) - start);
}
