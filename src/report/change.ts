/** Smaller differences than this are not worth a word. It is a habit of reading, not a test. */
export const noticeable = 0.05;

export type Change = 'less' | 'same' | 'more';

/** What a ratio to the baseline's number says at a glance, where nothing was tested; `same` is within 5 % of it, either way. */
export function changeOf(ratio: number): Change {
  if (ratio < 1 - noticeable) return 'less';
  return ratio > 1 + noticeable ? 'more' : 'same';
}
