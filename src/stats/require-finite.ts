/** @throws RangeError where one of the numbers is NaN or infinite; `what` names what was to be computed */
export function requireFinite(numbers: readonly number[], what: string): void {
  for (const number of numbers) {
    if (!Number.isFinite(number)) throw new RangeError(`${what} of ${number}`);
  }
}
