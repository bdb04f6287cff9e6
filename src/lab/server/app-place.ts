import { DeployclockError } from '../../errors.ts';
import type { Engine } from '../engine/engine.ts';
import { engineError } from '../engine/engine-error.ts';

/** What an engine says of where a container's ports are. */
interface Ports {
  readonly Networks?: Readonly<Record<string, { readonly IPAddress?: string }>>;
  readonly Ports?: Readonly<Record<string, readonly { readonly HostPort?: string }[] | null>>;
}

/**
 * The container's own address on the network that it was started on.
 * @throws DeployclockError START_FAILED where it has none: it ended at once, or has no network
 */
export async function containerAddress(engine: Engine, containerId: string): Promise<string> {
  const { Networks } = await portsOf(engine, containerId);
  const address = Object.values(Networks ?? {}).find(({ IPAddress }) => Boolean(IPAddress))?.IPAddress;
  if (address) return address;
  throw new DeployclockError(
    'START_FAILED',
    'The container has no address on its engine: it ended as soon as it was started.',
  );
}

/**
 * The port of its engine's host that a container's port was published on.
 * @throws DeployclockError START_FAILED where it was not
 */
export async function publishedPort(engine: Engine, containerId: string, port: number): Promise<number> {
  const { Ports } = await portsOf(engine, containerId);
  const host = Number(Ports?.[`${port}/tcp`]?.find(({ HostPort }) => Boolean(HostPort))?.HostPort);
  if (host > 0) return host;
  throw new DeployclockError(
    'START_FAILED',
    `The engine published port ${port} of the container nowhere: it ended as soon as it was started.`,
  );
}

async function portsOf(engine: Engine, containerId: string): Promise<Ports> {
  try {
    return (await engine.docker.getContainer(containerId).inspect()).NetworkSettings as Ports;
  } catch (thrown) {
    throw engineError('ENGINE_REQUEST_FAILED', 'looking for the address of the container', thrown);
  }
}
