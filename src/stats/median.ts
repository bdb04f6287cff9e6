/**
 * The median: the middle number, or the mean of the two middle ones.
 * @throws RangeError where there is no number, or one is not a number
 */
export function median(numbers: readonly number[]): number {
  if (numbers.some(Number.isNaN)) throw new RangeError('the median of NaN');
  const sorted = numbers.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of no numbers');
  // Halved before they are added, so that two huge numbers do not overflow.
  return upper === lower ? upper : lower / 2 + upper / 2;
}
