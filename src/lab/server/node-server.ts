import { connect, type Socket } from 'node:net';
import type { Node } from '../nodes/node.ts';
import type { AppEndpoint, AppSlot, Server } from './server.ts';

/** A node as the server: nothing else lives on its address, so an app's port is published as it is. */
export function nodeServer(node: Node): Server {
  return {
    sort: 'node',
    name: node.name,
    engine: node.engine,
    publish: (port, slot) => ({ hostPort: hostPortOf(port, slot) }),
    endpoint: async (_, port, slot) => endpointAt(node.address, hostPortOf(port, slot)),
    inspect: node.inspect,
    close: node.close,
  };
}

/** Beside the old app the new one needs another port; a neighbour of the app's own. */
function hostPortOf(port: number, slot: AppSlot): number {
  if (slot === 0) return port;
  return port === 65_535 ? port - 1 : port + 1;
}

/** A node's engine runs without the userland proxy, so a connection is refused until the app itself listens. */
function endpointAt(host: string, port: number): AppEndpoint {
  const label = `${host}:${port}`;
  return { label, host: label, connect: (signal) => openSocket(host, port, signal), direct: true };
}

/** Connects to `host:port`; rejects while it is refused, and when `signal` is aborted. */
export function openSocket(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const give = (settle: () => void): void => {
      signal.removeEventListener('abort', abort);
      socket.off('connect', connected).off('error', failed);
      settle();
    };
    const connected = (): void => give(() => resolve(socket));
    const failed = (error: Error): void => give(() => reject(error));
    const abort = (): void => {
      socket.destroy();
      give(() => reject(signal.reason));
    };
    socket.once('connect', connected).once('error', failed);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
