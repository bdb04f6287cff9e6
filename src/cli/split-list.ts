import { DeployclockError } from '../errors.ts';
import { nearestWord } from '../scenario/nearest-word.ts';

/**
 * The words of a list with commas, each once.
 * @throws DeployclockError USAGE naming the nearest of the known words
 */
export function splitList<Word extends string>(list: string, known: readonly Word[], what: string): Word[] {
  const words = list.split(',').map((word) => wordOf(word.trim(), known, what));
  return [...new Set(words)];
}

/** @throws DeployclockError USAGE */
export function wordOf<Word extends string>(text: string, known: readonly Word[], what: string): Word {
  const found = known.find((word) => word === text);
  if (found !== undefined) return found;
  const near = nearestWord(text, known);
  throw new DeployclockError(
    'USAGE',
    `There is no ${what} "${text}".${near === null ? '' : ` Did you mean "${near}"?`}`,
    {
      hint: `Known: ${known.join(', ')}`,
    },
  );
}
