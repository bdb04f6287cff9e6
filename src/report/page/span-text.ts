import { formatDuration } from '../format.ts';

/** `7.10 s, from 93.4 ms on`. */
export function spanText(startMs: number, endMs: number): string {
  return `${formatDuration(endMs - startMs)}, from ${formatDuration(startMs)} on`;
}
