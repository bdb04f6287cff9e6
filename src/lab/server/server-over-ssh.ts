import { DeployclockError } from '../../errors.ts';
import type { EngineAddress } from '../endpoint/address.ts';
import type { Environment } from '../endpoint/choose-endpoint.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import { containerAddress } from './app-place.ts';
import { lazyEndpoint } from './lazy-endpoint.ts';
import { requireReach } from './require-reach.ts';
import type { ServerAccess } from './server-access.ts';
import { sshFailure } from './ssh-error.ts';
import { openSshTunnel, type SshTunnel } from './ssh-tunnel.ts';

const usualSocket = '/var/run/docker.sock';

/**
 * An engine on another machine, through the OpenSSH program and one connection of it. The engine's API and the links cross it, and so do the
 * connections to apps, which are made from the other machine to the container's own address: nothing is published there.
 * @param socket where the engine listens there; where nothing answers, the place is asked of that machine's own Docker command line
 * @throws DeployclockError ENGINE_UNREACHABLE with ssh's last words, ENGINE_UNSUITABLE
 */
export async function openServerOverSsh(
  address: Extract<EngineAddress, { sort: 'ssh' }>,
  env: Environment,
  signal: AbortSignal,
  socket = usualSocket,
): Promise<ServerAccess> {
  const destination = destinationOf(address);
  const tunnel = await openSshTunnel(destination, env, signal);
  try {
    const engine = await connectThrough(tunnel, destination, socket);
    const offers = new Map<number, Promise<string>>();
    const offer = async (linkPort: number): Promise<string> => {
      const registry = `127.0.0.1:${await tunnel.offer(linkPort)}`;
      try {
        await requireReach(engine, registry);
        return registry;
      } catch (thrown) {
        offers.delete(linkPort);
        await tunnel.withdraw(linkPort);
        throw thrown;
      }
    };
    return {
      engine,
      publish: () => null,
      endpoint: async (containerId, port) =>
        lazyEndpoint(
          port,
          true,
          () => containerAddress(engine, containerId),
          (host, limit) => tunnel.connect(host, port, limit),
        ),
      inspect: tunnel.run,
      reachesLinks: true,
      registryAddressFor: (linkPort) => {
        const offered = offers.get(linkPort) ?? offer(linkPort);
        offers.set(linkPort, offered);
        return offered;
      },
      forgetLink: async (linkPort) => {
        if (offers.delete(linkPort)) await tunnel.withdraw(linkPort);
      },
      close: tunnel.close,
    };
  } catch (thrown) {
    await tunnel.close();
    throw thrown;
  }
}

/** Without a port where it is ssh's own, so that the user's settings for this host can name another. */
function destinationOf({ user, host, port }: Extract<EngineAddress, { sort: 'ssh' }>): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `ssh://${user === null ? '' : `${encodeURIComponent(user)}@`}${name}${port === 22 ? '' : `:${port}`}`;
}

async function connectThrough(tunnel: SshTunnel, destination: string, socket: string): Promise<Engine> {
  try {
    return await connectEngine({ sort: 'unix', path: await tunnel.bring(socket) });
  } catch (thrown) {
    // An engine that answered, and is too old.
    if (thrown instanceof DeployclockError && thrown.code === 'ENGINE_UNSUITABLE') throw thrown;
    const other = await socketByDocker(tunnel);
    if (other !== null && other !== socket) return await connectThrough(tunnel, destination, other);
    throw await notReached(tunnel, destination, socket);
  }
}

/** An sshd that forwards nothing says the same as one that finds no engine: what is so is asked of the Docker command line there. */
async function notReached(tunnel: SshTunnel, destination: string, socket: string): Promise<DeployclockError> {
  const command = ['docker', 'version', '--format', '{{.Server.Version}}'];
  const runs = await tunnel.run(command).then(
    () => true,
    () => false,
  );
  if (!runs) return sshFailure(destination, `No Docker engine answers at ${socket} of ${destination}`, tunnel.words());
  return new DeployclockError(
    'ENGINE_UNREACHABLE',
    `A Docker engine runs on ${destination}, but its sshd does not forward connections to ${socket}.`,
    {
      hint: 'sshd_config there: AllowTcpForwarding yes, AllowStreamLocalForwarding yes',
      excerpt: tunnel.words().join('\n'),
    },
  );
}

/** Where the other machine's Docker command line would look: a rootless engine listens elsewhere. Null where it does not say. */
async function socketByDocker(tunnel: SshTunnel): Promise<string | null> {
  const command = ['docker', 'context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'];
  const answer = await tunnel.run(command).catch(() => '');
  return /^unix:\/\/(\/\S+)\s*$/.exec(answer)?.[1] ?? null;
}
