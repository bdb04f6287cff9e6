import { setTimeout as sleep } from 'node:timers/promises';
import { elapsed } from '../../clock.ts';
import { type EngineInstant, followEngineClock } from '../../lab/engine/engine-clock.ts';
import { followEvents } from '../../lab/engine/events.ts';
import {
  type ContainerHealth,
  type HealthProbe,
  type HealthSettings,
  inspectHealth,
} from '../../lab/engine/inspect-health.ts';
import { notBefore } from './engine-time.ts';
import { describeStarting, noHealthcheck, unhealthy } from './healthcheck-failure.ts';
import { healthcheckPath } from './healthcheck-path.ts';
import { firstCall, untilAborted } from './limited.ts';
import { nothingOnPort, type PortSightings } from './port-sightings.ts';
import { probePort } from './probe-port.ts';
import { nothingSeen, type Seen, type StartWatch, type Watched } from './watch.ts';

/** The events bring the news; this only finds out what they failed to bring. An inspection costs the engine about a millisecond. */
const pollMs = 1000;

/** What Docker concluded. */
interface Conclusion {
  readonly status: 'healthy' | 'unhealthy';
  readonly seen: Seen;
}

/**
 * Docker calls the container healthy, by the image's own HEALTHCHECK. Where the app has a port it is asked meanwhile too, so that an app
 * that was ready long before Docker said so can be told from one that was not.
 */
export const watchHealthcheck: StartWatch<'healthcheck'> = (watched, _, signal) => {
  const { server, app, port, began } = watched;
  let settings: HealthSettings | null = null;
  let healthy: Seen | null = null;
  let seen: PortSightings = nothingOnPort(began);

  const met = async (): Promise<Seen> => {
    const first = await inspectHealth(server.engine, app.containerId, signal);
    if (first.settings === null) throw noHealthcheck();
    settings = first.settings;
    const path = port === null ? '/' : healthcheckPath(settings.test, port);
    void probePort(
      watched,
      path,
      (sightings) => {
        seen = sightings;
      },
      signal,
    );
    const { status, seen: concluded } = await conclusion(watched, first, signal);
    if (status === 'unhealthy') throw unhealthy(await inspectHealth(server.engine, app.containerId, signal));
    healthy = concluded;
    return concluded;
  };

  return {
    met: met(),
    sightings: () => ({
      ...nothingSeen,
      listening: seen.listening,
      firstResponse: seen.firstResponse,
      firstSuccess: seen.firstSuccess,
      healthy,
      attempts: app.endpoint === null ? null : seen.attempts,
      lastStatus: seen.lastAnswered?.status ?? null,
      healthcheck:
        settings === null
          ? null
          : {
              intervalMs: settings.interval,
              startPeriodMs: settings.startPeriod,
              startIntervalMs: settings.startInterval,
              addedMs:
                healthy === null || seen.firstSuccess === null ? null : elapsed(seen.firstSuccess.at, healthy.at),
            },
    }),
    shortfall: async (within) => {
      const health = await inspectHealth(server.engine, app.containerId, new AbortController().signal).catch(
        () => null,
      );
      const answered = seen.firstSuccess === null ? null : elapsed(began, seen.firstSuccess.at);
      return describeStarting(health, answered, within);
    },
  };
};

/** The first word on the container's health but `starting`, from the engine's events or a look at the container, whichever has it first. */
async function conclusion(watched: Watched, first: ContainerHealth, signal: AbortSignal): Promise<Conclusion> {
  const { server, app, clock, began } = watched;
  const engineClock = followEngineClock(server.engine, app.containerId, clock, signal);
  let startingAt = began;

  const fromEvents = firstCall<Conclusion>(async (give) => {
    const since = first.startedAt ?? (0 as EngineInstant);
    const wanted = { containerId: app.containerId, event: 'health_status', since };
    for await (const { action, at, happenedAt } of followEvents(server.engine, wanted, clock, signal)) {
      const status = action.replace(/^health_status: */, '');
      if (status !== 'healthy' && status !== 'unhealthy') continue;
      return give({ status, seen: { at, notBefore: notBefore(engineClock, happenedAt, startingAt) } });
    }
    await untilAborted(signal);
  });

  const fromLooks = async (): Promise<Conclusion> => {
    for (;;) {
      await sleep(pollMs, undefined, { signal });
      const asked = clock.now();
      const { status, probes } = await inspectHealth(server.engine, app.containerId, signal);
      if (status === 'healthy' || status === 'unhealthy') {
        return { status, seen: { at: clock.now(), notBefore: notBefore(engineClock, firstPass(probes), startingAt) } };
      }
      startingAt = asked;
    }
  };

  // Events that break off are no failure: the looks go on.
  return await Promise.race([fromEvents.catch(() => untilAborted(signal)), fromLooks()]);
}

/** When the first probe that passed was over; null where the engine, which keeps only the last probes, may have forgotten it. */
function firstPass(probes: readonly HealthProbe[]): EngineInstant | null {
  const index = probes.findIndex((probe) => probe.exitCode === 0);
  return index === 0 && probes.length > 1 ? null : (probes[index]?.endedAt ?? null);
}
