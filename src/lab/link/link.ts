import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import { DeployclockError, messageOf } from '../../errors.ts';
import type { LinkProfile } from '../../scenario/scenario.ts';
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
  const ledger: LedgerEntry[] = [];
  const agent = new Agent({ keepAlive: true });
  const lines = {
    toTarget: createRateLimiter(profile.rate, clock),
    fromTarget: createRateLimiter(profile.rate, clock),
  };
  const seen = new WeakSet<Socket>();

  const server = createServer((incoming, outgoing) => {
    const entry = newEntry(incoming, clock);
    ledger.push(entry);
    const roundTrips = seen.has(incoming.socket) ? 1 : 2;
    seen.add(incoming.socket);
    forward(incoming, outgoing, entry, roundTrips).catch((thrown: unknown) => {
      entry.error ??= messageOf(thrown);
      entry.endedAt = clock.now();
      outgoing.destroy();
    });
  });

  async function forward(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    entry: LedgerEntry,
    roundTrips: number,
  ): Promise<void> {
    if (profile.roundTrip > 0) await sleep(profile.roundTrip * roundTrips);
    // The Host header is passed on as it came: registries build absolute upload addresses from it.
    const upstream = request({
      host: target.host,
      port: target.port,
      agent,
      method: entry.method,
      path: entry.path,
      headers: incoming.headers,
    });
    // An engine that goes away must not leave the registry waiting, nor the other way round.
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) upstream.destroy();
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      upstream.once('response', resolve).once('error', reject);
    });
    const sent = relay(incoming, upstream, lines.toTarget, (size) => {
      entry.requestBytes += size;
      touch(entry);
    });
    const [answer] = await Promise.all([answered, sent]).catch((thrown: unknown) => {
      upstream.destroy();
      throw thrown;
    });
    entry.status = answer.statusCode ?? null;
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    await relay(answer, outgoing, lines.fromTarget, (size) => {
      entry.responseBytes += size;
      touch(entry);
    });
    entry.endedAt = clock.now();
  }

  function touch(entry: LedgerEntry): void {
    const now = clock.now();
    entry.firstByteAt ??= now;
    entry.lastByteAt = now;
  }

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

/** Moves a body chunk by chunk, each at the pace of the line, and never faster than the receiver takes it. */
async function relay(
  source: Readable,
  sink: Writable,
  line: RateLimiter,
  onBytes: (size: number) => void,
): Promise<void> {
  for await (const chunk of source) {
    const size = (chunk as Buffer).length;
    const wait = line.reserve(size);
    // Timers resolve a millisecond; what is shorter is carried over by the line itself.
    if (wait >= 1) await sleep(wait);
    if (sink.destroyed) throw new Error('the other side closed the connection');
    const room = sink.write(chunk);
    onBytes(size);
    if (!room) await drained(sink);
  }
  sink.end();
}

function drained(sink: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      sink.off('drain', done).off('close', gone);
      resolve();
    };
    const gone = (): void => {
      sink.off('drain', done);
      reject(new Error('the other side closed the connection'));
    };
    sink.once('drain', done).once('close', gone);
  });
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
