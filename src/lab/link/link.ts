import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import { DeployclockError, messageOf } from '../../errors.ts';
import type { LinkProfile } from '../../scenario/scenario.ts';
import { forward, type LinkPath } from './forward.ts';
import { keepFreedMemory } from './keep-freed-memory.ts';
import type { LedgerEntry } from './ledger.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';

export interface Link {
  /** `host:port` as the node names its registry. */
  readonly address: string;
  readonly profile: LinkProfile;
  /** Every request so far, in order of arrival. Remember its length to find those of one phase. */
  readonly ledger: readonly LedgerEntry[];
  readonly close: () => Promise<void>;
}

export interface LinkTarget {
  readonly host: string;
  readonly port: number;
}

/** What a connection holds of a body on either side. By Node's own 16 KiB it would stop and start with every read of 64 KiB. */
const buffered = 256 * 1024;
/** A connection to the target that nobody used for this long is closed, before the target does so just as the next request is under way. */
const idleMs = 2000;

/**
 * Opens a link: a reverse proxy that listens on `listenAddress` alone, shapes bodies to the profile's rate in each direction, adds the
 * round trip once for every request and once for every new connection (its TCP handshake), and records all that passes.
 */
export async function openLink(
  profile: LinkProfile,
  listenAddress: string,
  target: LinkTarget,
  clock: Clock,
): Promise<Link> {
  keepFreedMemory();
  const ledger: LedgerEntry[] = [];
  const line = (): RateLimiter | null => (profile.rate === null ? null : createRateLimiter(profile.rate, clock));
  // Its sockets take highWaterMark as a server's do, which @types/node does not know.
  const pooled = { keepAlive: true, timeout: idleMs, highWaterMark: buffered };
  const agent = new Agent(pooled);
  const path: LinkPath = { profile, target, agent, toTarget: line(), fromTarget: line(), clock };
  const seen = new WeakSet<Socket>();

  function exchange(incoming: IncomingMessage, outgoing: ServerResponse, bodyOnDemand: boolean): void {
    const entry = newEntry(incoming, clock);
    ledger.push(entry);
    const roundTrips = seen.has(incoming.socket) ? 1 : 2;
    seen.add(incoming.socket);
    forward({ incoming, outgoing, entry, roundTrips, bodyOnDemand }, path)
      .catch((thrown: unknown) => {
        entry.error = messageOf(thrown);
        outgoing.destroy();
      })
      .finally(() => {
        entry.endedAt = clock.now();
      });
  }

  const server = createServer({ highWaterMark: buffered });
  server.on('request', (incoming, outgoing) => exchange(incoming, outgoing, false));
  server.on('checkContinue', (incoming, outgoing) => exchange(incoming, outgoing, true));
  // Uploads of big layers take minutes; Node's own limit on a request's duration is five.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  const port = await listen(server, listenAddress);
  return {
    address: `${listenAddress}:${port}`,
    profile,
    ledger,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function newEntry(incoming: IncomingMessage, clock: Clock): LedgerEntry {
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    status: null,
    requestBytes: 0,
    responseBytes: 0,
    startedAt: clock.now(),
    firstByteAt: null,
    lastByteAt: null,
    endedAt: null,
    error: null,
  };
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new DeployclockError('LAB_FAILED', `A link cannot listen on the lab's own bridge (${host}): ${error.message}`, {
          hint: "The engine's bridge networks must be on this machine: a rootless, remote or Desktop engine keeps them elsewhere.",
          cause: error,
        }),
      ),
    );
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
  });
}
