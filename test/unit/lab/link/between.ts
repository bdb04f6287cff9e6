import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach } from 'vitest';
import { monotonicClock } from '../../../../src/clock.ts';
import { type Link, openLink } from '../../../../src/lab/link/link.ts';
import { bitsPerSecond, milliseconds } from '../../../../src/units.ts';

/** A real HTTP server as the target, and links to it; all of them are gone after each test. */
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

export interface Target {
  readonly port: number;
  readonly server: Server;
}

export async function startTarget(listener: RequestListener): Promise<Target> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** @param rate bits per second; null for unshaped */
export async function linkTo(port: number, rate: number | null = null, roundTrip = 0): Promise<Link> {
  const profile = {
    label: 'test',
    rate: rate === null ? null : bitsPerSecond(rate),
    roundTrip: milliseconds(roundTrip),
  };
  const link = await openLink(profile, '127.0.0.1', { host: '127.0.0.1', port }, monotonicClock);
  closers.push(link.close);
  return link;
}

/** Milliseconds that `work` took. */
export async function timed(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

/** The times of several goes: no load makes a link faster, so every one is at least what the profile says, and the fastest not much more. */
export async function times(goes: number, work: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let go = 0; go < goes; go += 1) all.push(await timed(work()));
  return all.toSorted((left, right) => left - right);
}

export interface Asked {
  readonly answer: IncomingMessage;
  readonly body: Buffer;
  /** Status codes of the interim answers before it. */
  readonly interim: readonly number[];
  /** The client's end of the connection. */
  readonly from: number | undefined;
}

/** Asks through the link with Node's own client, which tells what `fetch` hides. */
export function ask(link: Link, options: Parameters<typeof request>[1], body?: Buffer): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const interim: number[] = [];
    const exchange = request(`http://${link.address}/v2/`, options, (answer) => {
      const from = answer.socket.localPort;
      buffer(answer).then((read) => resolve({ answer, body: read, interim, from }), reject);
    });
    exchange.on('information', ({ statusCode }) => interim.push(statusCode));
    exchange.on('error', reject);
    if (exchange.getHeader('expect') === undefined) exchange.end(body);
    else exchange.on('continue', () => exchange.end(body)).flushHeaders();
  });
}

/** Sends text over a connection of its own and answers all that comes back until the other side closes it. */
export function sendText(link: Link, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const [host = '', port = ''] = link.address.split(':');
    const socket = connect(Number(port), host);
    let got = '';
    socket.setEncoding('latin1').on('data', (data: string) => {
      got += data;
    });
    socket.on('error', reject).on('end', () => resolve(got));
    socket.write(text);
  });
}
