import type { Clock } from '../../clock.ts';
import type { Milliseconds } from '../../units.ts';

/** Resolves when the clock has reached `due`. A timer alone resolves a millisecond, and may fire up to one too early. */
export function waitUntil(due: Milliseconds, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const left = due - clock.now();
      if (left <= 0) resolve();
      else if (left < 1) setImmediate(look);
      else setTimeout(look, left);
    };
    look();
  });
}
