import { type Clock, elapsed } from '../clock.ts';
import { removeContainer, stopContainer } from '../lab/engine/container.ts';
import type { LapLab } from '../lab/lab.ts';
import type { StopDetail } from '../results/sample.ts';
import type { Milliseconds } from '../units.ts';
import type { PhaseWork } from './phase.ts';
import type { RunningApp } from './start.ts';

/** Stop: from the request until the old container is gone, its name and port free again. */
export async function stop(
  lap: LapLab,
  app: RunningApp,
  gracePeriod: Milliseconds,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<StopDetail, null>> {
  // The engine counts in whole seconds.
  const graceSeconds = Math.ceil(gracePeriod / 1000);
  const started = clock.now();
  await stopContainer(lap.server.engine, app.containerId, graceSeconds, signal);
  const stopped = clock.now();
  await removeContainer(lap.server.engine, app.containerId);
  const removed = clock.now();
  const exitCode = await app.exit.catch(() => null);
  return {
    value: null,
    detail: () => ({
      gracePeriodMs: graceSeconds * 1000,
      stopMs: elapsed(started, stopped),
      removeMs: elapsed(stopped, removed),
      exitCode,
    }),
  };
}
