import { type Milliseconds, milliseconds } from '../../units.ts';
import type { Engine } from './engine.ts';
import { type EngineInstant, parseEngineInstant } from './engine-clock.ts';
import { engineError } from './engine-error.ts';

/** A HEALTHCHECK as the engine runs it, its defaults filled in. */
export interface HealthSettings {
  /** `CMD` or `CMD-SHELL`, then the command. */
  readonly test: readonly string[];
  readonly interval: Milliseconds;
  readonly startPeriod: Milliseconds;
  /** Null where the engine is too old to know of it. */
  readonly startInterval: Milliseconds | null;
  readonly retries: number;
}

export interface HealthProbe {
  readonly exitCode: number;
  readonly output: string;
  readonly endedAt: EngineInstant | null;
}

export interface ContainerHealth {
  /** Null where the image has no HEALTHCHECK. */
  readonly settings: HealthSettings | null;
  readonly status: 'starting' | 'healthy' | 'unhealthy' | null;
  /** The last five, oldest first. */
  readonly probes: readonly HealthProbe[];
  readonly startedAt: EngineInstant | null;
}

/** What an engine takes where an image says nothing (moby daemon/health.go). */
const defaults = { interval: 30_000, startPeriod: 0, startInterval: 5_000, retries: 3 };

/** API 1.44, engine 25: the first that knows of an interval of its own for the start. */
const startIntervalSince = 44;

/** The part of a container's description that speaks of its health; the types lack what API 1.44 added. */
interface Described {
  readonly Config: { readonly Healthcheck?: WrittenHealthcheck };
  readonly State: {
    readonly StartedAt: string;
    readonly Health?: {
      readonly Status: string;
      readonly Log: readonly { readonly End: string; readonly ExitCode: number; readonly Output: string }[] | null;
    };
  };
}

/** Durations in nanoseconds; absent or 0 for the default. */
interface WrittenHealthcheck {
  readonly Test?: readonly string[] | null;
  readonly Interval?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** @throws DeployclockError ENGINE_REQUEST_FAILED; what `signal` was aborted with */
export async function inspectHealth(
  engine: Engine,
  containerId: string,
  signal: AbortSignal,
): Promise<ContainerHealth> {
  try {
    const container = engine.docker.getContainer(containerId);
    const { Config, State } = (await container.inspect({ abortSignal: signal })) as unknown as Described;
    return {
      settings: readSettings(Config.Healthcheck, Number(engine.apiVersion.split('.')[1]) >= startIntervalSince),
      status: readStatus(State.Health?.Status),
      probes: (State.Health?.Log ?? []).map(({ End, ExitCode, Output }) => ({
        exitCode: ExitCode,
        output: Output.trim(),
        endedAt: parseEngineInstant(End),
      })),
      startedAt: parseEngineInstant(State.StartedAt),
    };
  } catch (thrown) {
    signal.throwIfAborted();
    throw engineError('ENGINE_REQUEST_FAILED', "asking for the container's health", thrown);
  }
}

function readSettings(written: WrittenHealthcheck | undefined, knowsStartInterval: boolean): HealthSettings | null {
  const test = written?.Test ?? [];
  if (written === undefined || test.length === 0 || test[0] === 'NONE') return null;
  return {
    test,
    interval: duration(written.Interval, defaults.interval),
    startPeriod: duration(written.StartPeriod, defaults.startPeriod),
    startInterval: knowsStartInterval ? duration(written.StartInterval, defaults.startInterval) : null,
    retries: written.Retries === undefined || written.Retries <= 0 ? defaults.retries : written.Retries,
  };
}

function duration(nanoseconds: number | undefined, whereNone: number): Milliseconds {
  return milliseconds(nanoseconds === undefined || nanoseconds === 0 ? whereNone : nanoseconds / 1e6);
}

function readStatus(status: string | undefined): ContainerHealth['status'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : null;
}
