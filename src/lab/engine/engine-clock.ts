import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import { type Milliseconds, milliseconds } from '../../units.ts';
import type { Engine } from './engine.ts';

/** An instant on an engine's own wall clock, in milliseconds since 1970. Never to be set against an instant of ours without an offset. */
export type EngineInstant = number & { readonly __unit: 'engine-milliseconds' };

/** Reads an RFC 3339 instant with up to nanoseconds; null for what is none, and for Go's zero time, which stands for "never". */
export function parseEngineInstant(text: string): EngineInstant | null {
  const [, seconds, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const whole = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(whole) || whole < 0) return null;
  return (whole + Number(`0.${fraction}0`) * 1000) as EngineInstant;
}

/** What is known of an engine's clock beside ours. */
export interface EngineClock {
  /** The earliest instant of ours that this instant of the engine's can have been; null as long as nothing is known. */
  readonly earliest: (instant: EngineInstant) => Milliseconds | null;
}

/** Clocks drift: 50 parts in a million, which is a bad crystal, are half a millisecond in this time. */
const askAgainMs = 10_000;

/** The first engine that answers one-shot statistics at once (24.0): older ones wait for their next round of collecting, up to a second. */
const quickStatistics = 43;

/**
 * Asks the engine for its time, now and every few seconds until `signal` ends it. An answer was given after it was asked for; that
 * bounds the offset from one side, which is the side that is needed: how early something can have been.
 */
export function followEngineClock(engine: Engine, containerId: string, clock: Clock, signal: AbortSignal): EngineClock {
  let known: { readonly asked: Milliseconds; readonly told: EngineInstant } | null = null;
  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      const asked = clock.now();
      const told = await engineNow(engine, containerId, signal).catch(() => null);
      if (told !== null) known = { asked, told };
      await sleep(askAgainMs, undefined, { signal }).catch(() => undefined);
    }
  };
  void follow();
  return { earliest: (instant) => (known === null ? null : milliseconds(known.asked + (instant - known.told))) };
}

/** Container statistics carry the instant at which they were read, and cost 3 ms; `/info` runs programs to ask for their versions: 30 ms. */
async function engineNow(engine: Engine, containerId: string, abortSignal: AbortSignal): Promise<EngineInstant | null> {
  if (Number(engine.apiVersion.split('.')[1]) >= quickStatistics) {
    const options = { stream: false, 'one-shot': true, abortSignal } as const;
    const statistics = await engine.docker.getContainer(containerId).stats(options);
    return parseEngineInstant(statistics.read);
  }
  // The types do not know that it takes a signal.
  const ask = engine.docker.info.bind(engine.docker) as unknown as (
    options: object,
  ) => Promise<{ SystemTime?: unknown }>;
  const info = await ask({ abortSignal });
  return typeof info.SystemTime === 'string' ? parseEngineInstant(info.SystemTime) : null;
}
