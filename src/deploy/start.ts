import { type Clock, elapsed } from '../clock.ts';
import { createContainer, startContainer, waitForExit } from '../lab/engine/container.ts';
import { labelsFor } from '../lab/labels.ts';
import type { AppEndpoint, AppSlot, Server } from '../lab/server/server.ts';
import type { StartDetail } from '../results/sample.ts';
import type { AppSettings } from '../scenario/scenario.ts';
import type { PhaseWork } from './phase.ts';

export interface RunningApp {
  readonly containerId: string;
  readonly slot: AppSlot;
  /** The way to its port; null where it has none. */
  readonly endpoint: AppEndpoint | null;
  /** Resolves with the exit code when the app ends; asked for before it was started, so that no exit is missed. */
  readonly exit: Promise<number>;
}

export interface StartInput {
  readonly server: Server;
  readonly runId: string;
  /** Name of the container; no other of the server has it. */
  readonly name: string;
  /** Reference of the image as the server knows it. */
  readonly image: string;
  readonly app: AppSettings;
  readonly slot: AppSlot;
}

/**
 * Start: from the create request to the start request's answer.
 * @param watch ends the watch for the app's exit, which goes on beyond this phase
 * @throws DeployclockError START_FAILED
 */
export async function start(
  { server, runId, name, image, app, slot }: StartInput,
  clock: Clock,
  signal: AbortSignal,
  watch: AbortSignal,
): Promise<PhaseWork<StartDetail, RunningApp>> {
  const { engine } = server;
  const published = app.port === null ? null : server.publish(app.port, slot);
  const port = `${app.port}/tcp`;
  const began = clock.now();
  const containerId = await createContainer(
    engine,
    {
      name,
      Image: image,
      Labels: { ...labelsFor(runId, 'app') },
      Env: Object.entries(app.env).map(([variable, value]) => `${variable}=${value}`),
      ...(published === null
        ? {}
        : {
            ExposedPorts: { [port]: {} },
            HostConfig: { PortBindings: { [port]: [{ HostPort: String(published.hostPort) }] } },
          }),
    },
    'START_FAILED',
  );
  const created = clock.now();
  const exit = waitForExit(engine, containerId, watch);
  // Whoever looks at it later handles it; until then a lap that ends must not count as an unhandled rejection.
  exit.catch(() => undefined);
  await startContainer(engine, containerId, 'START_FAILED', signal);
  const started = clock.now();
  const endpoint = app.port === null ? null : await server.endpoint(containerId, app.port, slot);
  return {
    value: { containerId, slot, endpoint, exit },
    detail: () => ({ createMs: elapsed(began, created), startMs: elapsed(created, started) }),
  };
}
