/**
 * The number that one of Student's t distribution stays below with this probability; ten digits and more between 1e-6 and 1 − 1e-6.
 * @throws RangeError where the probability is not between 0 and 1 or the degrees of freedom are no whole number from 1 on
 */
export function studentQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`no quantile at a probability of ${probability}`);
  if (!(Number.isInteger(degrees) && degrees >= 1)) throw new RangeError(`${degrees} degrees of freedom`);
  const within = 1 - 2 * Math.min(probability, 1 - probability);
  if (within === 0) return 0;
  let low = 0;
  let high = Math.PI / 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (chanceWithin(middle, degrees) < within) low = middle;
    else high = middle;
  }
  return Math.sign(probability - 0.5) * Math.sqrt(degrees) * Math.tan((low + high) / 2);
}

/**
 * The chance that |t| is at most √degrees · tan(angle): the finite sums for whole degrees of Abramowitz & Stegun, Handbook of Mathematical
 * Functions, 26.7.3 and 26.7.4.
 */
function chanceWithin(angle: number, degrees: number): number {
  const isOdd = degrees % 2 === 1;
  const cosine = Math.cos(angle);
  let term = isOdd ? cosine : 1;
  let sum = 0;
  for (let power = isOdd ? 1 : 0; power <= degrees - 2; power += 2) {
    if (power > 1) term *= ((power - 1) / power) * cosine * cosine;
    sum += term;
  }
  const part = Math.sin(angle) * sum;
  return isOdd ? (2 / Math.PI) * (angle + part) : part;
}
