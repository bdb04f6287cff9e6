import type { Socket } from 'node:net';
import type { AppEndpoint } from './server.ts';

/**
 * A way to an app whose place has to be asked of its engine first. It is asked at the first connection: the start phase is over when the
 * start request is answered, and a container that ended at once has no place.
 */
export function lazyEndpoint<Place>(
  port: number,
  direct: boolean,
  find: () => Promise<Place>,
  connect: (place: Place, signal: AbortSignal) => Promise<Socket>,
): AppEndpoint {
  let place: Promise<Place> | null = null;
  return {
    label: `port ${port} of the container`,
    // What an app sees that is asked on its own machine.
    host: `localhost:${port}`,
    connect: async (signal) => {
      place ??= find();
      return await connect(await place, signal);
    },
    direct,
  };
}
