import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { SocksClient } from 'socks';

const withinMs = 30_000;

/**
 * Connects to `host:port` as seen from the other end of a SOCKS proxy that listens on a Unix socket. Resolves when that connection is made:
 * OpenSSH's proxy answers only then, and closes without an answer where it is refused (channels.c).
 */
export async function connectThroughSocks(
  proxySocket: string,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  const socket = connect({ path: proxySocket });
  const abort = (): void => void socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await once(socket, 'connect', { signal });
    await SocksClient.createConnection({
      // The library wants an address of the proxy; the connection to it is there already.
      proxy: { host: 'localhost', port: 0, type: 5 },
      command: 'connect',
      destination: { host, port },
      existing_socket: socket,
      timeout: withinMs,
    });
    return socket;
  } catch (thrown) {
    socket.destroy();
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
