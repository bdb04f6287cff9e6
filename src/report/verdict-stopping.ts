import type { RunFolder } from '../results/run-folder.ts';
import type { Stopping } from '../results/run-record.ts';
import type { Comparison } from '../verdict/comparison.ts';
import { lookAt, type UntilLook } from '../verdict/until.ts';
import { formatDuration } from './format.ts';
import { countOf, formatAllowed, formatPercent } from './gate-numbers.ts';

type Until = Extract<Stopping, { rule: 'until' }>;

/** Of a run by need: how many rounds it took, and why it ended as far as its folder tells. Nothing of a run of another rule. */
export function stoppingNote({ record, samples }: RunFolder, { variants, rounds }: Comparison): string[] {
  const { stopping, kinds } = record.plan;
  if (stopping.rule !== 'until') return [];
  // Clocks of the wall, which is what the folder has: what the last round did after its last deploy is not in them.
  const ends = samples.map(({ startedAt, release }) => Date.parse(startedAt) + (release?.ms ?? 0));
  const elapsedMs = Math.max(0, ...ends.map((end) => end - Date.parse(record.startedAt)));
  const begins = Math.min(...samples.map(({ startedAt }) => Date.parse(startedAt)));
  const roundsMs = Math.max(0, ...ends.map((end) => end - begins));
  const look = lookAt({ samples, variants, kinds, rounds: rounds.measured, roundsMs, elapsedMs }, stopping);
  const made = `${countOf(rounds.measured, 'round')} by need, of ${rounds.planned} at most`;
  return [`${made}: ${wanted(stopping)}. ${ended(look, stopping)}`];
}

function wanted({ precision, timeBudgetMs }: Until): string {
  const parts = [
    ...(precision === null ? [] : [`±${formatAllowed(precision)} on every release clock`]),
    ...(timeBudgetMs === null ? [] : [`at most ${formatDuration(timeBudgetMs)}`]),
  ];
  return `${parts.join(', in ')} ${parts.length > 1 ? 'were' : 'was'} asked for`;
}

function ended({ says, known, msEach }: UntilLook, { timeBudgetMs }: Until): string {
  const seen =
    known === null
      ? ''
      : ` The noisiest, ${known.kind} of ${known.variant}, shows changes from ±${formatPercent(known.detectable)} on.`;
  switch (says) {
    case 'reached':
      return `It ended because that was reached.${seen}`;
    case 'out-of-reach':
      return `It ended because that is out of reach.${seen}`;
    case 'all-made':
      return `It ended because it makes no more.${seen}`;
    case 'no-time':
      return `It ended because another round, of about ${formatDuration(msEach)}, would have taken more time than there was.${seen}`;
    default:
      return `Why it ended before, the folder does not tell: ${timeBudgetMs === null ? 'it was interrupted, or goes on' : 'it was interrupted, goes on, or had no time for another round'}.${seen}`;
  }
}
