/** A piece of a document that can stand or fall as a whole: cut in the middle, markup would come apart. */
export interface Block {
  readonly text: string;
  /** What it is, where it may be left out; null: it may not. */
  readonly leftOutAs: string | null;
}

/**
 * The blocks with an empty line between them, and a line feed at the end. Where that is more than `limit`, blocks that may be left out
 * are, from the last one on, and it is said which.
 * @param size of a text, counted as the limit is
 */
export function fitBlocks(blocks: readonly Block[], limit: number, size: (text: string) => number): string {
  const separator = '\n\n';
  const sizes = blocks.map(({ text }) => size(text + separator));
  const left = new Set<number>();
  const note = (): string => {
    const names = blocks.flatMap(({ leftOutAs }, index) => (left.has(index) ? (leftOutAs ?? []) : []));
    return names.length === 0 ? '' : `Left out, to keep within GitHub's limit: ${names.join(', ')}.`;
  };
  let total = sizes.reduce((sum, each) => sum + each, 0);
  for (const [index, { leftOutAs }] of [...blocks.entries()].toReversed()) {
    if (total + size(note()) <= limit) break;
    if (leftOutAs === null) continue;
    left.add(index);
    total -= sizes[index] ?? 0;
  }
  const kept = blocks.filter((_, index) => !left.has(index)).map(({ text }) => text);
  return `${[...kept, note()].filter((text) => text !== '').join(separator)}\n`;
}
