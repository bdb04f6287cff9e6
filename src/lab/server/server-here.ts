import { execa } from 'execa';
import { DeployclockError } from '../../errors.ts';
import type { EngineAddress } from '../endpoint/address.ts';
import { connectEngine } from '../engine/engine.ts';
import { containerAddress } from './app-place.ts';
import { bridgeIsHere } from './bridge-is-here.ts';
import { lazyEndpoint } from './lazy-endpoint.ts';
import { openSocket } from './node-server.ts';
import { requireReach } from './require-reach.ts';
import type { ServerAccess } from './server-access.ts';

/**
 * An engine on this machine. It takes 127.0.0.0/8 for insecure registries by itself, so links need nothing more. Apps are not published: they
 * are asked at their container's own address, where nothing else listens.
 * @throws DeployclockError ENGINE_UNREACHABLE; ENGINE_UNSUITABLE where its containers are on no network of this machine
 */
export async function openServerHere(address: EngineAddress): Promise<ServerAccess> {
  const engine = await connectEngine(address);
  if (!(await bridgeIsHere(engine))) {
    throw new DeployclockError(
      'ENGINE_UNSUITABLE',
      'Containers of this engine are on no network of this machine: it is rootless, or in a virtual machine.',
      { hint: 'deployclock run --server ssh://user@host, with the machine that the engine runs on' },
    );
  }
  const proved = new Set<string>();
  return {
    engine,
    publish: () => null,
    endpoint: async (containerId, port) =>
      lazyEndpoint(
        port,
        true,
        () => containerAddress(engine, containerId),
        (host, signal) => openSocket(host, port, signal),
      ),
    inspect: async ([program = '', ...parameters]) => (await execa(program, parameters, { stdin: 'ignore' })).stdout,
    reachesLinks: true,
    registryAddressFor: async (linkPort) => {
      const registry = `127.0.0.1:${linkPort}`;
      if (!proved.has(registry)) await requireReach(engine, registry);
      proved.add(registry);
      return registry;
    },
    forgetLink: async (linkPort) => {
      proved.delete(`127.0.0.1:${linkPort}`);
    },
    close: async () => undefined,
  };
}
