import { InvalidArgumentError } from 'commander';
import { formatDuration } from '../report/format.ts';
import type { Sample } from '../results/sample.ts';
import type { Pace } from '../run/pace.ts';
import { parseDuration } from '../scenario/units-text.ts';
import type { Milliseconds } from '../units.ts';
import { lookAt, mostRounds, type Until, type UntilLook } from '../verdict/until.ts';

/** `3%` as the share 0.03. */
export function percent(text: string): number {
  const [, amount] = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim()) ?? [];
  const share = Number(amount) / 100;
  if (amount === undefined || share <= 0 || share > 1)
    throw new InvalidArgumentError('It must be a percentage up to 100 %, as 3%.');
  return share;
}

/** `30m`, `90 s`, `1 h`. */
export function timeBudget(text: string): Milliseconds {
  // Minutes are what a budget is counted in, and `m` is what people type for them.
  const parsed = parseDuration(text.replace(/(\d)\s*m$/, '$1 min'));
  if (!parsed.ok) throw new InvalidArgumentError(`${parsed.message}.`);
  if (parsed.value <= 0) throw new InvalidArgumentError('It must be more than nothing.');
  return parsed.value;
}

/** Rounds by need: a look after each, told in a line where it says something new. */
export function paceUntil(
  until: Until,
  { variants, kinds }: { readonly variants: readonly string[]; readonly kinds: readonly string[] },
  now: () => number,
  tell: (line: string) => void,
): Pace {
  const began = now();
  let firstRound = began;
  let inSight = mostRounds;
  return {
    startsRound: (round, samples) => {
      if (round === 1) {
        firstRound = now();
        return true;
      }
      // A round that was not started is followed by no other.
      if (!samples.some((sample: Sample) => sample.round === round - 1)) return false;
      const look = lookAt(
        { samples, variants, kinds, rounds: round - 1, roundsMs: now() - firstRound, elapsedMs: now() - began },
        until,
      );
      inSight = look.goesOn ? Math.max(round, look.known?.roundsNeeded ?? mostRounds) : look.rounds;
      const line = describeLook(look, until);
      if (line !== null) tell(line);
      return look.goesOn;
    },
    wants: () => true,
    lastRound: () => inSight,
  };
}

/** Null where there is nothing to tell that was not told before. */
function describeLook({ says, rounds, goesOn, known, msEach }: UntilLook, until: Until): string | null {
  const wanted = until.precision === null ? '' : share(until.precision);
  const left = (more: number): string => `about ${formatDuration(more * msEach)} more`;
  const found =
    known === null
      ? `after ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`
      : `after ${rounds} rounds: ${known.variant}, ${known.kind} varies by ${share(known.spread)} a pair; ${known.pairs} pairs see changes from ${share(known.detectable)} on`;
  switch (says) {
    case 'reached':
      return `${found}. ${wanted} was asked for: done.`;
    case 'out-of-reach':
      return goesOn
        ? `${found}. ${wanted} is out of reach of ${mostRounds} rounds; measuring goes on for as long as the time budget lasts.`
        : `${found}. ${wanted} is out of reach of ${mostRounds} rounds, so it stops here. --until with a larger share, or --rounds ${mostRounds}, goes as far as it can.`;
    case 'no-time':
      return `${found}. Another round takes about ${formatDuration(msEach)}, which the time budget does not have: done.${
        rounds < 6 ? ' Six rounds are the fewest that give an interval.' : ''
      }`;
    case 'all-made':
      return until.precision === null ? null : `${found}. ${wanted} was not reached in ${mostRounds} rounds.`;
    case 'going-on':
      if (rounds !== 6 && rounds !== 10 && rounds !== 15) return null;
      return known?.roundsNeeded == null
        ? `${found}.`
        : `${found}. ${wanted} needs ${known.roundsNeeded} rounds, ${left(known.roundsNeeded - rounds)}.`;
    case 'too-few':
      return rounds === 1 && until.precision !== null
        ? `a round takes ${formatDuration(msEach)}: what noise there is, and how many rounds ${wanted} needs, is told after the sixth, in ${left(6 - rounds).replace(' more', '')}.`
        : null;
  }
}

function share(value: number): string {
  return `±${Number((value * 100).toPrecision(2))} %`;
}
