const known = new Map<string, Float64Array>();

/**
 * At [u] the chance that among all pairs of one of `one` and one of `other` numbers, u or fewer have the first above the second, where all
 * come from one source (Mann & Whitney, Annals of Mathematical Statistics 18, 1947, 50–60). Kept for each two counts.
 */
export function mannWhitneyDistribution(one: number, other: number): Float64Array {
  const [fewer, more] = one < other ? [one, other] : [other, one];
  const key = `${fewer} ${more}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const counts = arrangements(fewer, more);
  let total = 0;
  // Whole numbers are summed first and divided once, so that 1/40 is 0.025 and not a little more.
  for (let u = 0; u < counts.length; u += 1) {
    total += counts[u] ?? 0;
    counts[u] = total;
  }
  const distribution = counts.map((count) => count / total);
  known.set(key, distribution);
  return distribution;
}

/** In how many orders of all numbers the statistic is u: the greatest of them is either of `more`, and above all of `fewer`, or of `fewer`. */
function arrangements(fewer: number, more: number): Float64Array {
  const width = fewer * more + 1;
  // A row of u for each size of the smaller group, of which as many of the other as have been added.
  const counts = new Float64Array((fewer + 1) * width);
  for (let size = 0; size <= fewer; size += 1) counts[size * width] = 1;
  for (let added = 1; added <= more; added += 1) {
    for (let size = 1; size <= fewer; size += 1) {
      const row = size * width;
      for (let u = size * added; u >= 0; u -= 1) {
        counts[row + u] = (u >= size ? (counts[row + u - size] ?? 0) : 0) + (counts[row - width + u] ?? 0);
      }
    }
  }
  return counts.slice(fewer * width);
}
