import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { monotonicClock } from '../../../../src/clock.ts';
import { type Link, openLink } from '../../../../src/lab/link/link.ts';
import type { LinkProfile } from '../../../../src/scenario/scenario.ts';
import { bitsPerSecond, milliseconds } from '../../../../src/units.ts';

let target: Server;
let port: number;
const links: Link[] = [];
const body = Buffer.alloc(1_000_000, 'x');

beforeEach(async () => {
  target = createServer((incoming, outgoing) => {
    if (incoming.method === 'GET') outgoing.writeHead(200, { 'x-seen-host': incoming.headers.host }).end(body);
    else {
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      incoming.on('end', () => outgoing.writeHead(201).end(String(size)));
    }
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  port = (target.address() as AddressInfo).port;
});

afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.close()));
  target.closeAllConnections();
  await new Promise((resolve) => target.close(resolve));
});

async function open(rate: number | null, roundTrip = 0): Promise<Link> {
  const profile: LinkProfile = {
    label: 'test',
    rate: rate === null ? null : bitsPerSecond(rate),
    roundTrip: milliseconds(roundTrip),
  };
  const link = await openLink(profile, '127.0.0.1', { host: '127.0.0.1', port }, monotonicClock);
  links.push(link);
  return link;
}

async function timed(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

test('passes bodies, status and the Host header through, and records them', async () => {
  const link = await open(null);
  const got = await fetch(`http://${link.address}/v2/a/blobs/sha256:x`);
  expect((await got.arrayBuffer()).byteLength).toBe(body.length);
  expect(got.headers.get('x-seen-host')).toBe(link.address);
  const put = await fetch(`http://${link.address}/v2/a/blobs/uploads/u?digest=sha256:x`, { method: 'PUT', body });
  expect(put.status).toBe(201);
  expect(await put.text()).toBe(String(body.length));
  expect(link.ledger).toMatchObject([
    { method: 'GET', status: 200, responseBytes: body.length, requestBytes: 0, error: null },
    { method: 'PUT', status: 201, requestBytes: body.length, error: null },
  ]);
  const [first] = link.ledger;
  expect(first?.firstByteAt).toBeGreaterThanOrEqual(first?.startedAt ?? Number.NaN);
  expect(first?.lastByteAt).toBeGreaterThanOrEqual(first?.firstByteAt ?? Number.NaN);
});

// Lower bounds are exact, for no load makes a link faster; upper ones leave room for a machine with other work. The pace itself is proved in
// rate-limiter.test.ts, on a clock that nothing disturbs.
test('a shaped link takes the time that its rate says, shared by its connections', async () => {
  const link = await open(40_000_000); // 1 MB in 200 ms
  const get = async (): Promise<void> => {
    await (await fetch(`http://${link.address}/blob`)).arrayBuffer();
  };
  const one = await timed(get());
  expect(one).toBeGreaterThan(170);
  expect(one).toBeLessThan(500);
  const three = await timed(Promise.all([get(), get(), get()]));
  expect(three).toBeGreaterThan(570);
  expect(three).toBeLessThan(1200);
});

test('both directions are shaped apart from each other', async () => {
  const link = await open(10_000_000); // 1 MB in 800 ms; one line for both directions would take 1600 ms
  const up = fetch(`http://${link.address}/up`, { method: 'PUT', body });
  const down = fetch(`http://${link.address}/down`).then((answer) => answer.arrayBuffer());
  const both = await timed(Promise.all([up, down]));
  expect(both).toBeGreaterThan(770);
  expect(both).toBeLessThan(1400);
});

test('a round trip is paid per request, and once more per connection', async () => {
  const link = await open(null, 50);
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const exchange = request(`http://${link.address}/`, { method: 'HEAD', agent: false }, (answer) => {
        answer.on('end', () => resolve()).resume();
      });
      exchange.on('error', reject).end();
    });
  const fresh = await timed(ask());
  expect(fresh).toBeGreaterThan(95);
  expect(fresh).toBeLessThan(400);
});

test('a client that goes away is recorded and leaves the target alone', async () => {
  const link = await open(1_000_000);
  const controller = new AbortController();
  const got = fetch(`http://${link.address}/slow`, { signal: controller.signal }).then((answer) =>
    answer.arrayBuffer(),
  );
  setTimeout(() => controller.abort(), 100);
  await expect(got).rejects.toThrow();
  await expect.poll(() => link.ledger[0]?.error ?? null).not.toBeNull();
});

test('a target that refuses gives a broken exchange, not a hanging one', async () => {
  const link = await openLink(
    { label: 'test', rate: null, roundTrip: milliseconds(0) },
    '127.0.0.1',
    { host: '127.0.0.1', port: 1 },
    monotonicClock,
  );
  links.push(link);
  await expect(fetch(`http://${link.address}/`)).rejects.toThrow();
  expect(link.ledger[0]?.error).toContain('ECONNREFUSED');
});
