import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { signedRankInterval, signedRankPValue } from '../stats/signed-rank.ts';
import type { Margin } from './margin.ts';
import { differences, logRatios, type Pair, withRatio } from './pairs.ts';

/**
 * The rule of gates on times. Noise alone makes some metric of some run look slower; so what looks slower is measured again, and only
 * the second measurement, which knows nothing of the first, may fail a gate. The rates of false alarms are in docs/statistics.md.
 */

/** After how many pairs a run that goes on is looked at. Looking after every one finds something in every sixth run that holds nothing. */
export const looks: readonly number[] = [6, 10, 15, 20];
/** How many fresh pairs a suspect is measured with again. */
export const confirmingPairs = 10;
/** Fewer give no 95 % interval, whatever their numbers: 2 · 2⁻⁵ is more than 0.05. */
export const fewestPairs = 6;

const alpha = 0.05;

export type Screening = 'suspect' | 'pass' | 'open';
export type GateDecision = 'regressed' | 'pass' | 'inconclusive';

/** One look at all of these pairs, with one-sided bounds of 95 %; `open` below six pairs. */
export function screen(pairs: readonly Pair[], margin: Margin): Screening {
  switch (decide(pairs, margin, alpha)) {
    case 'regressed':
      return 'suspect';
    case 'pass':
      return 'pass';
    case 'inconclusive':
      return 'open';
  }
}

/**
 * What screening has come to with these pairs, in order: the first look that does not leave it open decides. Looks are at 6, 10, 15 and
 * 20 pairs, and at the last pair there is; so a run asks at its looks, and when it ends.
 */
export function screening(pairs: readonly Pair[], margin: Margin): Screening {
  return decidingLook(pairs, margin).screening;
}

/** As `screening`, with the pairs that the deciding look saw: all that count where it is open. */
export function decidingLook(
  pairs: readonly Pair[],
  margin: Margin,
): { readonly screening: Screening; readonly pairs: readonly Pair[] } {
  const counted = countedPairs(pairs);
  for (const look of looks.filter((count) => count < counted.length)) {
    const seen = counted.slice(0, look);
    const found = screen(seen, margin);
    if (found !== 'open') return { screening: found, pairs: seen };
  }
  return { screening: screen(counted, margin), pairs: counted };
}

/**
 * The verdict on a suspect, from fresh pairs alone. `regressed`: they lie above 0 with p ≤ 0.05, one-sided, and their estimates above
 * the margin. Their estimate is also the one to report: that of the screening was picked for being large.
 */
export function confirm(pairs: readonly Pair[], margin: Margin): GateDecision {
  const counted = countedPairs(pairs);
  if (counted.length < fewestPairs) return 'inconclusive';
  return isClearlyLonger(counted, margin) ? 'regressed' : passOrNot(screen(pairs, margin));
}

/** The verdict of a run whose number of rounds was fixed: one look, with one-sided bounds of 97.5 %, as nothing is measured again. */
export function judgeOnce(pairs: readonly Pair[], margin: Margin): GateDecision {
  return decide(pairs, margin, alpha / 2);
}

/**
 * The pairs that a gate can go by: those that have a ratio. Where no time was ever above 0, with no downtime at all, it is all of them:
 * nothing has increased.
 */
export function countedPairs(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.every(isNothing) ? pairs : withRatio(pairs);
}

function isNothing({ baseline, variant }: Pair): boolean {
  return baseline === 0 && variant === 0;
}

/** It has no ratio and is left out of the bounds; but a time that was none before is no pass. */
function beginsFromNothing({ baseline, variant }: Pair, floorMs: number): boolean {
  return baseline === 0 && variant > floorMs;
}

function isClearlyLonger(pairs: readonly Pair[], { share, floorMs }: Margin): boolean {
  if (pairs.every(isNothing)) return false;
  const logs = logRatios(pairs);
  const isLarge = hodgesLehmann(logs) > Math.log1p(share) && hodgesLehmann(differences(pairs)) > floorMs;
  return isLarge && signedRankPValue(logs, 0) <= alpha;
}

function passOrNot(found: Screening): GateDecision {
  return found === 'pass' ? 'pass' : 'inconclusive';
}

/** Every comparison is such that a limit that is not a number neither passes nor fails. */
function decide(pairs: readonly Pair[], { share, floorMs }: Margin, tail: number): GateDecision {
  const counted = countedPairs(pairs);
  if (counted.length < fewestPairs) return 'inconclusive';
  if (counted.every(isNothing)) return 'pass';
  const ratio = signedRankInterval(logRatios(counted), tail);
  const difference = signedRankInterval(differences(counted), tail);
  if (ratio === null || difference === null) return 'inconclusive';
  const limit = Math.log1p(share);
  if (ratio.low > limit && difference.low > floorMs) return 'regressed';
  const passes = ratio.high < limit || difference.high < floorMs;
  return passes && !pairs.some((pair) => beginsFromNothing(pair, floorMs)) ? 'pass' : 'inconclusive';
}
