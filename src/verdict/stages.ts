import type { RunFolder } from '../results/run-folder.ts';
import type { RunRecord } from '../results/run-record.ts';

type Turn = RunRecord['plan']['turns'][number];

/** What belongs to which rounds of a run that screens and confirms; all of it is screening in a run that does not. */
export interface Stages<Item> {
  readonly screening: readonly Item[];
  readonly confirming: readonly Item[];
}

/** Splits what has a round. The two stages are never judged together: what was picked for looking slow would look so again. */
export function splitStages<Item extends { readonly round: number }>(
  items: readonly Item[],
  { plan: { stopping } }: RunRecord,
): Stages<Item> {
  const first = stopping.rule === 'screen-and-confirm' ? stopping.confirmFrom : Number.POSITIVE_INFINITY;
  return {
    screening: items.filter(({ round }) => round < first),
    confirming: items.filter(({ round }) => round >= first),
  };
}

/**
 * The planned turns that the run came to: those that have no sample are missing. All of them where the number of rounds was fixed. A run
 * that stops early on purpose comes to the rounds that it begins. One that screens and confirms repeats each kind, there, as often as any
 * variant was deployed: once at least while it screens, and while it confirms only what it has to.
 */
export function turnsReached({ record, samples }: RunFolder): Turn[] {
  const { turns, stopping } = record.plan;
  if (stopping.rule === 'fixed') return turns;
  const begun = new Set(samples.map(({ round }) => round));
  const inBegun = turns.filter(({ round }) => begun.has(round));
  if (stopping.rule === 'until') return inBegun;
  const { screening, confirming } = splitStages(inBegun, record);
  const repeats = new Map<string, number>();
  for (const { round, kind, repeat } of samples) {
    const key = `${round} ${kind}`;
    repeats.set(key, Math.max(repeat, repeats.get(key) ?? 0));
  }
  const wasReached = ({ round, kind, repeat }: Turn): boolean => repeat <= (repeats.get(`${round} ${kind}`) ?? 0);
  return [...screening.filter((turn) => turn.repeat === 1 || wasReached(turn)), ...confirming.filter(wasReached)];
}
