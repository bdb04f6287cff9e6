import { DeployclockError } from '../../errors.ts';
import type { AppEndpoint } from '../../lab/server/server.ts';
import type { Watched } from './watch.ts';

/**
 * The way to the app's port, for checks that cannot do without.
 * @throws DeployclockError APP_NEVER_READY where it has none
 */
export function endpointOf({ app, port }: Watched): { endpoint: AppEndpoint; port: number } {
  if (app.endpoint !== null && port !== null) return { endpoint: app.endpoint, port };
  throw new DeployclockError('APP_NEVER_READY', 'The app has no port that could be asked whether it is ready.', {
    hint: 'Set `app.port` in scenario.yaml, or another `ready.check`: log, healthcheck, exit.',
  });
}
