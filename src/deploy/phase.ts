import { type Clock, elapsed } from '../clock.ts';
import { DeployclockError } from '../errors.ts';
import type { PhaseName } from '../results/sample.ts';
import { type Milliseconds, milliseconds } from '../units.ts';

/** Anything of a phase that had to wait until the clock had stopped: deriving details is no part of a deploy. */
export interface PhaseWork<Detail, Value> {
  readonly value: Value;
  /** Called after the deploy, with the instant at which the phase began. */
  readonly detail: (phaseStart: Milliseconds) => Detail;
  /** Where the phase's end is known more coarsely than the clock resolves. */
  readonly resolution?: Milliseconds;
}

export interface TimedPhase<Detail> {
  readonly name: PhaseName;
  readonly startedAt: Milliseconds;
  readonly ms: Milliseconds;
  readonly resolution: Milliseconds;
  /** Null where the phase failed. */
  readonly detail: (() => Detail) | null;
}

/** Runs one phase of a deploy and keeps its time; answers the work's value. */
export type RunPhase = <Detail, Value>(
  name: PhaseName,
  work: (limited: AbortSignal) => Promise<PhaseWork<Detail, Value>>,
  limit?: Milliseconds,
) => Promise<Value>;

/** process.hrtime counts nanoseconds; through a double of milliseconds about a microsecond remains. */
const clockResolution = milliseconds(0.001);

/** A phase that failed, with the time that it took to fail. */
export class PhaseFailure extends Error {
  readonly phase: TimedPhase<never>;
  readonly reason: unknown;
  constructor(phase: TimedPhase<never>, reason: unknown) {
    super(`${phase.name} failed`);
    this.name = 'PhaseFailure';
    this.phase = phase;
    this.reason = reason;
  }
}

/**
 * Runs one phase on the clock, ended by `limit` at the latest.
 * @throws PhaseFailure
 */
export async function timePhase<Detail, Value>(
  name: PhaseName,
  clock: Clock,
  signal: AbortSignal,
  limit: Milliseconds,
  work: (signal: AbortSignal) => Promise<PhaseWork<Detail, Value>>,
): Promise<{ timed: TimedPhase<Detail>; value: Value }> {
  const expired = new AbortController();
  const timer = setTimeout(() => expired.abort(), limit);
  const startedAt = clock.now();
  try {
    const done = await work(AbortSignal.any([signal, expired.signal]));
    const ms = elapsed(startedAt, clock.now());
    const resolution = done.resolution ?? clockResolution;
    return { timed: { name, startedAt, ms, resolution, detail: () => done.detail(startedAt) }, value: done.value };
  } catch (thrown) {
    const ms = elapsed(startedAt, clock.now());
    signal.throwIfAborted();
    const reason = expired.signal.aborted
      ? new DeployclockError('TIMED_OUT', `The ${name} phase was not over after ${limit / 1000} s.`, {
          hint: 'Raise `timeouts.phase` in scenario.yaml if the phase really takes longer.',
        })
      : thrown;
    throw new PhaseFailure({ name, startedAt, ms, resolution: clockResolution, detail: null }, reason);
  } finally {
    clearTimeout(timer);
  }
}
