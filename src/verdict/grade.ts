import { normalBelow, normalQuantile } from '../stats/normal.ts';
import { controlPoints, type ScoredName } from './control-points.ts';

export const letters = ['A', 'B', 'C', 'D', 'E'] as const;
export type Letter = (typeof letters)[number];

/** From which score on a letter is given. A begins at the good control point, C at the usual one. */
export const letterFrom: Readonly<Record<Letter, number>> = { A: 0.9, B: 0.75, C: 0.5, D: 0.25, E: 0 };

/** A word on a number, for people. It never gates. */
export interface Grade {
  /** From 0 to 1, in hundredths. */
  readonly score: number;
  readonly letter: Letter;
}

/** The grade of a number in bytes or milliseconds; null where there is none. */
export function gradeOf(name: ScoredName, value: number | null): Grade | null {
  if (value === null || !Number.isFinite(value) || value < 0) return null;
  const score = Math.round(logNormalScore(value, controlPoints[name]) * 100) / 100;
  return { score, letter: letters.find((letter) => score >= letterFrom[letter]) ?? 'E' };
}

const goodScore = 0.9;

/**
 * The share of a log-normal population that does worse, as Lighthouse scores its metrics (shared/statistics.js): 0.90 at `good`, 0.50 at
 * `usual`. Less is better.
 */
export function logNormalScore(
  value: number,
  { good, usual }: { readonly good: number; readonly usual: number },
): number {
  if (value <= 0) return 1;
  const steps = Math.log(value / usual) / Math.log(usual / good);
  return 1 - normalBelow(steps * normalQuantile(goodScore));
}
