import { followEngineClock } from '../../lab/engine/engine-clock.ts';
import { inspectEnd } from '../../lab/engine/inspect-end.ts';
import { notBefore } from './engine-time.ts';
import { orAborted, untilAborted } from './limited.ts';
import { nothingSeen, type Seen, type StartWatch } from './watch.ts';

/** A job: it has done its work when it ends with exit code 0. */
export const watchExit: StartWatch<'exit'> = ({ server, app, clock, began }, _, signal) => {
  const engineClock = followEngineClock(server.engine, app.containerId, clock, signal);
  let firstSuccess: Seen | null = null;

  const met = async (): Promise<Seen> => {
    const code = await orAborted(app.exit, signal);
    const at = clock.now();
    // Any other code is a crash.
    if (code !== 0) return await untilAborted(signal);
    const ended = await inspectEnd(server.engine, app.containerId, signal).catch(() => null);
    firstSuccess = { at, notBefore: notBefore(engineClock, ended, began) };
    return firstSuccess;
  };

  return {
    met: met(),
    sightings: () => ({ ...nothingSeen, firstSuccess }),
    shortfall: async (within) => ({
      message: `The job had not ended within ${within}.`,
      hint: 'Raise `ready.timeout` in scenario.yaml; an app that goes on running needs another `ready.check`.',
      excerpt: null,
    }),
  };
};
