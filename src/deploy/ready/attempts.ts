import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, elapsed } from '../../clock.ts';
import type { Milliseconds } from '../../units.ts';

/** A fresh connection at most this often: often enough to resolve a start, seldom enough not to slow it. */
export const attemptInterval = 5;

/**
 * Makes one attempt after another until `signal` is aborted: the next starts `interval` milliseconds after the start of the one before, or
 * when that one ends if it takes longer. An attempt that the abort cut short is yielded too, for what it saw.
 */
export async function* attempts<Attempt extends { readonly startedAt: Milliseconds }>(
  make: () => Promise<Attempt>,
  interval: number,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Attempt, void> {
  while (!signal.aborted) {
    const attempt = await make();
    yield attempt;
    const rest = Math.max(0, interval - elapsed(attempt.startedAt, clock.now()));
    await sleep(rest, undefined, { signal }).catch(() => undefined);
  }
}
