import type { Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { AppEndpoint } from '../../lab/server/server.ts';
import type { Milliseconds } from '../../units.ts';
import { withLimit } from './limited.ts';

/** One attempt to connect. */
export interface TcpAttempt {
  readonly startedAt: Milliseconds;
  /** When it was sure that the container itself had accepted; null where it did not. */
  readonly acceptedAt: Milliseconds | null;
}

const attemptLimitMs = 10_000;

/**
 * How long a connection must last where an engine's proxy may be what accepted it: docker-proxy accepts, then dials the container, and
 * closes where that is refused (moby cmd/docker-proxy/tcp_proxy_linux.go, clientLoop). On one machine that takes about a millisecond, through
 * a virtual machine's own forwarding some more.
 */
const proxyDoubtMs = 100;

/** Never rejects: a refused connection is an attempt that was not accepted. */
export async function attemptTcp(
  endpoint: AppEndpoint,
  clock: Clock,
  signal: AbortSignal,
  limit = attemptLimitMs,
): Promise<TcpAttempt> {
  const startedAt = clock.now();
  const acceptedAt = await withLimit(limit, signal, async (limited) => {
    const socket = await endpoint.connect(limited);
    try {
      return endpoint.direct || (await lasts(socket, limited)) ? clock.now() : null;
    } finally {
      socket.destroy();
    }
  }).catch(() => null);
  return { startedAt, acceptedAt };
}

/** Whether a connection is still there after the doubt, or the other end said something before: a proxy has nothing to say of its own. */
function lasts(socket: Socket, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(true), proxyDoubtMs);
    const abort = (): void => settle(false);
    const settle = (held: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(held);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('data', () => settle(true));
    socket
      .once('end', () => settle(false))
      .once('error', () => settle(false))
      .once('close', () => settle(false));
  });
}
