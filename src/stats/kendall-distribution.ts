const known = new Map<number, Float64Array>();

/**
 * At [k] the chance that k or fewer of all pairs of `count` numbers stand in falling order, where every order is as likely
 * (Kendall, A New Measure of Rank Correlation, Biometrika 30, 1938, 81–93). Kept for each count.
 */
export function kendallDistribution(count: number): Float64Array {
  const before = known.get(count);
  if (before !== undefined) return before;
  let chances = Float64Array.of(1);
  // Number i stands in falling order with 0 to i − 1 of those before it, each as likely.
  for (let number = 2; number <= count; number += 1) chances = withUniform(chances, number);
  for (let pairs = 1; pairs < chances.length; pairs += 1) {
    chances[pairs] = (chances[pairs] ?? 0) + (chances[pairs - 1] ?? 0);
  }
  known.set(count, chances);
  return chances;
}

/** The distribution of a sum: of that which is given, and of a number from 0 to `choices` − 1. */
function withUniform(chances: Float64Array, choices: number): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(chances.length + choices - 1);
  for (let start = 0; start < chances.length; start += 1) {
    const share = (chances[start] ?? 0) / choices;
    for (let step = 0; step < choices; step += 1) sums[start + step] = (sums[start + step] ?? 0) + share;
  }
  return sums;
}
