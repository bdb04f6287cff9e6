import { type Clock, elapsed } from '../clock.ts';
import { removeContainer, stopContainer } from '../lab/engine/container.ts';
import type { Server } from '../lab/server/server.ts';
import type { StopDetail } from '../results/sample.ts';
import type { Milliseconds } from '../units.ts';
import type { PhaseWork } from './phase.ts';
import type { RunningApp } from './start.ts';

/** What a process that SIGKILL ended gives as its exit code: 128 + 9. */
const killedCode = 137;

/** Stop: from the request until the old container is gone, its name and port free again. */
export async function stop(
  server: Server,
  app: RunningApp,
  gracePeriod: Milliseconds,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<StopDetail, null>> {
  // The engine counts in whole seconds.
  const graceSeconds = Math.ceil(gracePeriod / 1000);
  const started = clock.now();
  await stopContainer(server.engine, app.containerId, graceSeconds, signal);
  const stopped = clock.now();
  await removeContainer(server.engine, app.containerId);
  const removed = clock.now();
  const exitCode = await app.exit.catch(() => null);
  const stopMs = elapsed(started, stopped);
  return {
    value: null,
    detail: () => ({
      gracePeriodMs: graceSeconds * 1000,
      stopMs,
      killed: exitCode === killedCode && stopMs >= graceSeconds * 1000,
      removeMs: elapsed(stopped, removed),
      exitCode,
    }),
  };
}
