import { milliseconds } from '../units.ts';
import type { Gate } from './scenario.ts';

/** Unless written otherwise, a time that is longer by less than this is no slow-down: nobody waits for it. */
const usualFloor = milliseconds(200);

/** A gate on this metric that limits nothing yet, with the settings of one that says no more. */
export function gateOn(metric: string): Gate {
  return { metric, budget: null, maxIncrease: null, floorMs: usualFloor, level: 'error', erratic: false };
}
