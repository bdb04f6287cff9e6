import { type Clock, elapsed } from '../clock.ts';
import { createContainer, startContainer, waitForExit } from '../lab/engine/container.ts';
import type { LapLab } from '../lab/lab.ts';
import type { StartDetail } from '../results/sample.ts';
import type { AppSettings } from '../scenario/scenario.ts';
import type { PhaseWork } from './phase.ts';

export interface RunningApp {
  readonly containerId: string;
  /** Resolves with the exit code when the app ends; asked for before it was started, so that no exit is missed. */
  readonly exit: Promise<number>;
}

/** Start: from the create request to the start request's answer. The app's port is published on the server's own address. */
export async function start(
  lap: LapLab,
  image: string,
  app: AppSettings,
  clock: Clock,
  signal: AbortSignal,
  /** Ends the watch for the app's exit, which goes on beyond this phase. */
  watch: AbortSignal,
): Promise<PhaseWork<StartDetail, RunningApp>> {
  const { engine } = lap.server;
  const port = `${app.port}/tcp`;
  const began = clock.now();
  const containerId = await createContainer(
    engine,
    {
      name: 'app',
      Image: image,
      Env: Object.entries(app.env).map(([name, value]) => `${name}=${value}`),
      ExposedPorts: { [port]: {} },
      HostConfig: { PortBindings: { [port]: [{ HostPort: String(app.port) }] } },
    },
    'START_FAILED',
  );
  const created = clock.now();
  const exit = waitForExit(engine, containerId, watch);
  // Whoever looks at it later handles it; until then a lap that ends must not count as an unhandled rejection.
  exit.catch(() => undefined);
  await startContainer(engine, containerId, 'START_FAILED', signal);
  const started = clock.now();
  return {
    value: { containerId, exit },
    detail: () => ({ createMs: elapsed(began, created), startMs: elapsed(created, started) }),
  };
}
