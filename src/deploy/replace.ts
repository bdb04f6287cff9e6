import type { Clock } from '../clock.ts';
import type { Bench } from '../lab/lab.ts';
import type { Instant } from '../results/sample.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type Milliseconds, milliseconds } from '../units.ts';
import { downtimeOf, watchOld } from './downtime.ts';
import type { RunPhase } from './phase.ts';
import { ready } from './ready.ts';
import { type RunningApp, start } from './start.ts';
import { stop } from './stop.ts';

export interface ReplaceInput {
  readonly bench: Bench;
  readonly scenario: Scenario;
  /** Name of the new container. */
  readonly name: string;
  /** Reference of its image on the server. */
  readonly image: string;
  /** What runs there until now; null where nothing does. */
  readonly previous: RunningApp | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface Replaced {
  readonly app: RunningApp;
  /** The end of the release clock. Where the new one starts first, the old one is stopped after it. */
  readonly readyAt: Milliseconds;
  readonly downtime: Instant | null;
}

/** Starts the new app and stops the old one, in the order that the scenario says. */
export async function replaceApp(run: RunPhase, input: ReplaceInput): Promise<Replaced> {
  const { bench, scenario, previous, clock } = input;
  if (previous === null) return withoutDowntime(await startNew(run, input, 0));
  // A job has ended by itself; its container is in nobody's way, and goes with the lap.
  if (scenario.ready.check === 'exit') return withoutDowntime(await startNew(run, input, 0));
  const stopOld = (): Promise<null> =>
    run('stop', (limited) => stop(bench.server, previous, scenario.stopTimeout, clock, limited), stopLimit(scenario));
  if (scenario.replace === 'start-first') {
    const started = await startNew(run, input, previous.slot === 0 ? 1 : 0);
    // Off the clock, and not before: asked while the new one starts, the old one would take its processor.
    const watch = watchOld(previous, scenario.ready, clock);
    await watch.askOnceMore();
    const last = await watch.end();
    await stopOld();
    return { ...started, downtime: downtimeOf(last, started.firstSuccess) };
  }
  const watch = watchOld(previous, scenario.ready, clock);
  try {
    await stopOld();
    // Where the old one was, the new one will answer: the watch must be over before that.
    const last = await watch.end();
    const started = await startNew(run, input, 0);
    return { ...started, downtime: downtimeOf(last, started.firstSuccess) };
  } finally {
    await watch.end();
  }
}

interface Started {
  readonly app: RunningApp;
  readonly readyAt: Milliseconds;
  readonly firstSuccess: { readonly at: Milliseconds; readonly resolutionMs: Milliseconds };
}

function withoutDowntime({ app, readyAt }: Started): Replaced {
  return { app, readyAt, downtime: null };
}

/** The grace period has a length of its own, which the phase's limit must not cut short. */
function stopLimit(scenario: Scenario): Milliseconds {
  return milliseconds(scenario.stopTimeout + scenario.phaseTimeout);
}

async function startNew(
  run: RunPhase,
  { bench, scenario, name, image, clock, signal }: ReplaceInput,
  slot: RunningApp['slot'],
): Promise<Started> {
  const { server, runId } = bench;
  const app = await run('start', (limited) =>
    start({ server, runId, name, image, app: scenario.app, slot }, clock, limited, signal),
  );
  const { firstSuccessAt, resolution } = await run(
    'ready',
    (limited) => ready({ server, app, settings: scenario.app, readiness: scenario.ready }, clock, limited),
    // The wait has a deadline of its own, which explains itself better than the phase's.
    milliseconds(scenario.ready.timeout + scenario.phaseTimeout),
  );
  return { app, readyAt: clock.now(), firstSuccess: { at: firstSuccessAt, resolutionMs: resolution } };
}
