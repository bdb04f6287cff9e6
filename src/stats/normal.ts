/**
 * The chance that a standard normal number is at most `z`, to about 15 places after the point.
 * Series of Marsaglia, Evaluating the Normal Distribution, Journal of Statistical Software 11 (4), 2004.
 */
export function normalBelow(z: number): number {
  if (Math.abs(z) > 8) return z > 0 ? 1 : 0;
  let sum = z;
  let previous = 0;
  let term = z;
  for (let odd = 3; sum !== previous; odd += 2) {
    previous = sum;
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The number that a standard normal one stays below with this probability; by bisection, between −8 and 8. */
export function normalQuantile(probability: number): number {
  let low = -8;
  let high = 8;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
