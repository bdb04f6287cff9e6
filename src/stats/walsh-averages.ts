/** The means of all pairs of the numbers and the numbers themselves, n(n + 1)/2 of them, ascending (Walsh 1949). */
export function walshAverages(numbers: readonly number[]): Float64Array {
  const averages = new Float64Array((numbers.length * (numbers.length + 1)) / 2);
  let next = 0;
  for (let left = 0; left < numbers.length; left += 1) {
    const half = (numbers[left] ?? 0) / 2;
    averages[next] = numbers[left] ?? 0;
    next += 1;
    for (let right = 0; right < left; right += 1) {
      averages[next] = half + (numbers[right] ?? 0) / 2;
      next += 1;
    }
  }
  return averages.sort();
}
