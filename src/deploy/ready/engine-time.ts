import type { EngineClock, EngineInstant } from '../../lab/engine/engine-clock.ts';
import { type Milliseconds, milliseconds } from '../../units.ts';

/**
 * How early something can have been that an engine told of: what the engine's own instant of it allows, and as long as that is not known,
 * the beginning of the wait.
 */
export function notBefore(engineClock: EngineClock, instant: EngineInstant | null, began: Milliseconds): Milliseconds {
  const earliest = instant === null ? null : engineClock.earliest(instant);
  return earliest === null ? began : milliseconds(Math.max(began, earliest));
}
