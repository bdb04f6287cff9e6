import { InvalidArgumentError } from 'commander';

/** A whole number from 1 that a seed's generator and a loop can take. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value >= 2 ** 31)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
