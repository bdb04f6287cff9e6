/** Up to so many numbers the exact distribution is used, beyond it the normal approximation. */
export const exactSignedRanks = 100;

const known = new Map<number, Float64Array>();

/**
 * At [k] the chance that the ranks of the positive numbers sum to at most k, where each of the ranks 1 to `count` is positive or negative
 * as by a fair coin (Hollander & Wolfe, 3.1). Kept for each count.
 */
export function signedRankDistribution(count: number): Float64Array {
  const before = known.get(count);
  if (before !== undefined) return before;
  const ranks = Int32Array.from({ length: count }, (_, index) => index + 1);
  const distribution = sumsOfSigned(ranks, (count * (count + 1)) / 2);
  for (let sum = 1; sum < distribution.length; sum += 1) {
    distribution[sum] = (distribution[sum] ?? 0) + (distribution[sum - 1] ?? 0);
  }
  known.set(count, distribution);
  return distribution;
}

/** At [s] the chance that those of the ranks that a fair coin chooses sum to exactly s, from 0 to `most`: one rank after the other is added. */
export function sumsOfSigned(ranks: Int32Array, most: number): Float64Array {
  const chances = new Float64Array(most + 1);
  chances[0] = 1;
  for (const rank of ranks) {
    for (let sum = most; sum >= rank; sum -= 1) chances[sum] = ((chances[sum] ?? 0) + (chances[sum - rank] ?? 0)) / 2;
    for (let sum = Math.min(rank - 1, most); sum >= 0; sum -= 1) chances[sum] = (chances[sum] ?? 0) / 2;
  }
  return chances;
}
