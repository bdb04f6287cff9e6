import { type Agent, type ClientRequest, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { LinkProfile } from '../../scenario/scenario.ts';
import { milliseconds } from '../../units.ts';
import { passedOn } from './headers.ts';
import type { LedgerEntry } from './ledger.ts';
import { moveBody } from './move-body.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { waitUntil } from './wait-until.ts';

/** What an exchange needs to know of the link that it crosses. */
export interface LinkPath {
  readonly profile: LinkProfile;
  readonly target: { readonly host: string; readonly port: number };
  /** Connections to the target, kept open. */
  readonly agent: Agent;
  /** One line for each direction; null on an unshaped link. */
  readonly toTarget: RateLimiter | null;
  readonly fromTarget: RateLimiter | null;
  readonly clock: Clock;
}

/** One exchange as it arrived at the link. */
export interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly entry: LedgerEntry;
  /** That pass before the target sees the request. */
  readonly roundTrips: number;
  /** The client holds its body back until it is asked for it (`Expect: 100-continue`). */
  readonly bodyOnDemand: boolean;
}

/**
 * Passes a request on and its answer back, and records both. An answer may come before the whole request has been sent.
 * @throws Error when either side breaks off; the other is broken off too, since half an answer must not pass for a whole one
 */
export async function forward(exchange: Exchange, path: LinkPath): Promise<void> {
  const { incoming, outgoing, entry } = exchange;
  const { profile, clock } = path;
  await waitUntil(milliseconds(entry.startedAt + profile.roundTrip * exchange.roundTrips), clock);
  if (outgoing.destroyed) throw new Error('the client closed the connection');
  const upstream = request({
    host: path.target.host,
    port: path.target.port,
    agent: path.agent,
    method: entry.method,
    path: entry.path,
    headers: [...passedOn(incoming.rawHeaders), ...framing(incoming)],
  });
  let isAnswered = false;
  upstream.once('response', () => {
    isAnswered = true;
  });
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) upstream.destroy(new Error('the client closed the connection'));
  });
  try {
    const answered = answerOf(upstream);
    passOnInformation(upstream, outgoing);
    const sent = sendBody(exchange, path, upstream);
    sent.catch((thrown: Error) => {
      if (!isAnswered) upstream.destroy(thrown);
    });
    const answer = await answered;
    entry.status = answer.statusCode ?? null;
    outgoing.sendDate = false;
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, passedOn(answer.rawHeaders));
    await moveBody(answer, outgoing, path.fromTarget, clock, (size) => {
      entry.responseBytes += size;
      touch(entry, clock);
    });
    // A target that answers before it has read everything may well cut off the rest: the answer says what it thought of it.
    await sent.catch(() => undefined);
  } finally {
    if (!upstream.writableFinished || !outgoing.writableFinished) upstream.destroy();
  }
}

function isChunked(message: IncomingMessage): boolean {
  return message.headers['transfer-encoding'] !== undefined;
}

/** How the body's end is told, as the client did it. Left alone, Node.js would make a body of no bytes a chunked one. */
function framing(message: IncomingMessage): string[] {
  if (isChunked(message)) return ['Transfer-Encoding', 'chunked'];
  const mayHaveBody = ['POST', 'PUT', 'PATCH'].includes(message.method ?? '');
  return mayHaveBody && message.headers['content-length'] === undefined ? ['Content-Length', '0'] : [];
}

function hasBody(message: IncomingMessage): boolean {
  return isChunked(message) || Number(message.headers['content-length'] ?? 0) > 0;
}

function answerOf(upstream: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    upstream.once('response', resolve).on('error', reject);
    upstream.once('close', () => reject(new Error('the target closed the connection')));
  });
}

async function sendBody(exchange: Exchange, path: LinkPath, upstream: ClientRequest): Promise<void> {
  const { incoming, outgoing, entry, bodyOnDemand } = exchange;
  const { profile, clock } = path;
  if (!hasBody(incoming)) {
    upstream.end();
    return;
  }
  if (bodyOnDemand) {
    upstream.flushHeaders();
    await continued(upstream, outgoing);
    // The word to go on has the way back to make, and the body the way there: one more round trip.
    await waitUntil(milliseconds(clock.now() + profile.roundTrip), clock);
    outgoing.writeContinue();
  }
  await moveBody(incoming, upstream, path.toTarget, clock, (size) => {
    entry.requestBytes += size;
    touch(entry, clock);
  });
}

/** Resolves when the target asks for the body. Rejects when it answers without having asked, or breaks off. */
function continued(upstream: ClientRequest, outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const unwanted = (): void => {
      // The client need not send its body now, so what comes next on its connection could be that or another request.
      outgoing.shouldKeepAlive = false;
      reject(new Error('answered without its body'));
    };
    upstream.once('response', unwanted);
    upstream.once('continue', () => {
      upstream.off('response', unwanted);
      resolve();
    });
    upstream.once('close', () => reject(new Error('the target closed the connection')));
  });
}

/** Passes interim answers on (RFC 9110, 15.2); that to go on is passed on with the body. */
function passOnInformation(upstream: ClientRequest, outgoing: ServerResponse): void {
  upstream.on('information', ({ statusCode, headers }) => {
    if (outgoing.headersSent) return;
    if (statusCode === 102) outgoing.writeProcessing();
    if (statusCode === 103 && headers.link !== undefined) outgoing.writeEarlyHints({ link: headers.link });
  });
}

function touch(entry: LedgerEntry, clock: Clock): void {
  const now = clock.now();
  entry.firstByteAt ??= now;
  entry.lastByteAt = now;
}
