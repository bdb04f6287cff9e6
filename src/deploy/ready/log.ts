import { followEngineClock } from '../../lab/engine/engine-clock.ts';
import { followLog } from '../../lab/engine/follow-log.ts';
import { notBefore } from './engine-time.ts';
import { firstCall, untilAborted } from './limited.ts';
import { nothingSeen, type Seen, type StartWatch } from './watch.ts';

/**
 * The app writes so many lines that match. A line counts when it arrives here; the engine's own instant of it bounds how much earlier it was
 * written. The end of the log is the end of the app and never counts.
 */
export const watchLog: StartWatch<'log'> = ({ server, app, clock, began }, { pattern, occurrences }, signal) => {
  const wanted = new RegExp(pattern, 'm');
  const engineClock = followEngineClock(server.engine, app.containerId, clock, signal);
  let firstSuccess: Seen | null = null;
  let matched = 0;

  const met = firstCall<Seen>(async (give) => {
    for await (const line of followLog(server.engine, app.containerId, clock, signal)) {
      if (!wanted.test(line.text)) continue;
      matched += 1;
      const seen = { at: line.at, notBefore: notBefore(engineClock, line.writtenAt, began) };
      firstSuccess ??= seen;
      if (matched === occurrences) return give(seen);
    }
    // A log that ended tells nothing more; the exit that goes with it is told elsewhere.
    await untilAborted(signal);
  });

  return {
    met,
    sightings: () => ({ ...nothingSeen, firstSuccess }),
    shortfall: async (within) => ({
      message:
        matched === 0
          ? `The app wrote no line that matches /${pattern}/ within ${within}.`
          : `The app wrote ${matched} of ${occurrences} lines that match /${pattern}/ within ${within}.`,
      hint: 'Check `ready.pattern` in scenario.yaml against the lines above, or raise `ready.timeout`.',
      excerpt: null,
    }),
  };
};
