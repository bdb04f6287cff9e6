import { Agent } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import type { Link } from '../../../../src/lab/link/link.ts';
import { ask, linkTo, startTarget, timed, times } from './between.ts';

let port: number;
const body = Buffer.alloc(1_000_000, 'x');

beforeEach(async () => {
  const target = await startTarget((incoming, outgoing) => {
    if (incoming.method === 'GET') outgoing.writeHead(200, { 'x-seen-host': incoming.headers.host }).end(body);
    else {
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      incoming.on('end', () => outgoing.writeHead(201).end(String(size)));
    }
  });
  port = target.port;
});

const open = (rate: number | null, roundTrip = 0): Promise<Link> => linkTo(port, rate, roundTrip);

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

// A line is exact to 3 ms: pieces that follow each other within 2, and what a timer does not resolve. Other work on the machine makes it slower and never faster. The pace itself is proved in rate-limiter.test.ts, on a clock that nothing disturbs.
test.each([
  ['download', 'GET'],
  ['upload', 'PUT'],
])('a shaped link takes the time that its rate says, shared by its connections: %s', async (way, method) => {
  const link = await open(40_000_000); // 1 MB in 200 ms
  const move = (): Promise<unknown> => ask(link, { method, agent: false }, way === 'download' ? undefined : body);
  const [fastest = 0] = await times(3, move);
  expect(fastest).toBeGreaterThanOrEqual(197);
  expect(fastest).toBeLessThan(400);
  const three = await Promise.all([timed(move()), timed(move()), timed(move())]);
  const last = Math.max(...three);
  expect(last).toBeGreaterThanOrEqual(597);
  expect(last).toBeLessThan(2000);
  // Side by side, not one after the other.
  expect(Math.min(...three)).toBeGreaterThan(last * 0.7);
});

test('both directions are shaped apart from each other', async () => {
  const link = await open(40_000_000); // 1 MB in 200 ms; one line for both directions would take 400 ms
  const [fastest = 0] = await times(3, () => Promise.all([ask(link, { method: 'PUT' }, body), ask(link, {})]));
  expect(fastest).toBeGreaterThanOrEqual(197);
  expect(fastest).toBeLessThan(380);
});

test('a round trip is paid per request, and once more per connection', async () => {
  const link = await open(null, 50);
  const [fresh = 0] = await times(3, () => ask(link, { method: 'DELETE', agent: false }));
  expect(fresh).toBeGreaterThanOrEqual(100);
  expect(fresh).toBeLessThan(150);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await ask(link, { method: 'DELETE', agent });
  const [kept = 0] = await times(3, () => ask(link, { method: 'DELETE', agent }));
  agent.destroy();
  expect(kept).toBeGreaterThanOrEqual(50);
  expect(kept).toBeLessThan(100);
});

test('a body on demand costs one round trip more, for the word to go on', async () => {
  const link = await open(null, 50);
  const headers = { expect: '100-continue', 'content-length': body.length };
  const [fresh = 0] = await times(3, () => ask(link, { method: 'PUT', agent: false, headers }, body));
  expect(fresh).toBeGreaterThanOrEqual(150);
  expect(fresh).toBeLessThan(200);
});

test('connections wait for their round trips side by side', async () => {
  const link = await open(null, 100);
  const ten = Array.from({ length: 10 });
  const [fastest = 0] = await times(2, () => Promise.all(ten.map(() => ask(link, { method: 'HEAD', agent: false }))));
  expect(fastest).toBeGreaterThanOrEqual(200);
  expect(fastest).toBeLessThan(600);
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
  const link = await linkTo(1);
  await expect(fetch(`http://${link.address}/`)).rejects.toThrow();
  expect(link.ledger[0]?.error).toContain('ECONNREFUSED');
});

test('instants are in order, and the last byte is at the end of a shaped body', async () => {
  const link = await open(40_000_000); // 1 MB in 200 ms
  await ask(link, { method: 'GET' });
  await expect.poll(() => link.ledger[0]?.endedAt).not.toBeNull();
  const [entry] = link.ledger;
  const [started, first, last, ended] = [entry?.startedAt, entry?.firstByteAt, entry?.lastByteAt, entry?.endedAt].map(
    (at) => at ?? Number.NaN,
  );
  if (started === undefined || first === undefined || last === undefined || ended === undefined) throw new Error();
  expect(first).toBeGreaterThan(started);
  // The first piece takes 5 ms of the line; half of the body would take 100.
  expect(first - started).toBeLessThan(100);
  expect(last - started).toBeGreaterThanOrEqual(197);
  expect(ended).toBeGreaterThanOrEqual(last);
});
