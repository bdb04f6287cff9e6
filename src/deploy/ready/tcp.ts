import { attemptInterval, attempts } from './attempts.ts';
import { endpointOf } from './endpoint-of.ts';
import { describeSilentPort } from './silent-port.ts';
import { attemptTcp } from './tcp-attempt.ts';
import { nothingSeen, type Seen, type StartWatch } from './watch.ts';

/** The container itself accepts a connection. */
export const watchTcp: StartWatch<'tcp'> = (watched, _, signal) => {
  const { clock, began } = watched;
  let listening: Seen | null = null;
  let count = 0;

  const met = async (): Promise<Seen> => {
    const { endpoint } = endpointOf(watched);
    let notBefore = began;
    for await (const attempt of attempts(() => attemptTcp(endpoint, clock, signal), attemptInterval, clock, signal)) {
      count += 1;
      if (attempt.acceptedAt !== null) {
        listening = { at: attempt.acceptedAt, notBefore };
        return listening;
      }
      notBefore = attempt.startedAt;
    }
    throw signal.reason;
  };

  return {
    met: met(),
    sightings: () => ({ ...nothingSeen, listening, firstSuccess: listening, attempts: count }),
    shortfall: async (within) => ({
      ...(await describeSilentPort(watched, endpointOf(watched).port, within)),
      excerpt: null,
    }),
  };
};
