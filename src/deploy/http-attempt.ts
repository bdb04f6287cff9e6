import { request } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Milliseconds } from '../units.ts';

/** One attempt at a whole HTTP exchange on a fresh connection. Instants are null where it did not get so far. */
export interface HttpAttempt {
  readonly startedAt: Milliseconds;
  readonly connectedAt: Milliseconds | null;
  readonly respondedAt: Milliseconds | null;
  readonly status: number | null;
}

/** An app may accept a connection long before it answers; an exchange is given this long before the next is tried. */
const attemptTimeoutMs = 10_000;

/** Never rejects: a refused or broken connection is an attempt without a response. */
export function attemptHttp(
  target: { readonly host: string; readonly port: number; readonly path: string },
  clock: Clock,
  signal: AbortSignal,
): Promise<HttpAttempt> {
  const startedAt = clock.now();
  let connectedAt: Milliseconds | null = null;
  return new Promise((resolve) => {
    const give = (respondedAt: Milliseconds | null, status: number | null): void =>
      resolve({ startedAt, connectedAt, respondedAt, status });
    const exchange = request({ ...target, agent: false, signal, timeout: attemptTimeoutMs });
    exchange.on('socket', (socket) =>
      socket.once('connect', () => {
        connectedAt = clock.now();
      }),
    );
    exchange.on('timeout', () => exchange.destroy());
    exchange.on('error', () => give(null, null));
    exchange.on('response', (response) => {
      response.on('end', () => give(clock.now(), response.statusCode ?? null));
      response.on('error', () => give(null, null));
      response.resume();
    });
    exchange.end();
  });
}
