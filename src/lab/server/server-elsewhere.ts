import { DeployclockError } from '../../errors.ts';
import type { EngineAddress } from '../endpoint/address.ts';
import { connectEngine } from '../engine/engine.ts';
import { publishedPort } from './app-place.ts';
import { lazyEndpoint } from './lazy-endpoint.ts';
import { openSocket } from './node-server.ts';
import type { ServerAccess } from './server-access.ts';

/**
 * An engine on another machine whose API alone can be reached. No link can be reached from there, so releases must go over a registry that
 * exists. Apps are published as `docker run -p` would: on all of that machine's addresses, on a port that its engine picks, for as long as
 * they run. A connection to that port may be accepted by the engine's own proxy, before the app listens.
 * @throws DeployclockError ENGINE_UNREACHABLE, ENGINE_UNSUITABLE
 */
export async function openServerElsewhere(address: Extract<EngineAddress, { sort: 'tcp' }>): Promise<ServerAccess> {
  const engine = await connectEngine(address);
  const { host } = address;
  return {
    engine,
    // Docker reads 0 as "any that is free".
    publish: () => ({ hostPort: 0 }),
    endpoint: async (containerId, port) =>
      lazyEndpoint(
        port,
        false,
        () => publishedPort(engine, containerId, port),
        (published, signal) => openSocket(host, published, signal),
      ),
    inspect: null,
    reachesLinks: false,
    registryAddressFor: async () => {
      throw new DeployclockError(
        'ENGINE_UNSUITABLE',
        `The engine at ${host} is asked over TCP, and cannot reach the lab's registry on this machine.`,
        { hint: `--server ssh://user@${host}, or --registry with one that both machines reach` },
      );
    },
    forgetLink: async () => undefined,
    close: async () => undefined,
  };
}
