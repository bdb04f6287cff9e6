import { InvalidArgumentError } from 'commander';
import { fewestPairs } from '../verdict/gate-rule.ts';

/** As many as a kind may be repeated in a round. */
const most = 100;

/** Five pairs have no 95 % interval, whatever they hold. */
export function pairCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < fewestPairs || value > most)
    throw new InvalidArgumentError(
      `It must be a whole number from ${fewestPairs} to ${most}: fewer pairs have no 95 % interval.`,
    );
  return value;
}
