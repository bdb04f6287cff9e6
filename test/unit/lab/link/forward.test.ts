import { Agent } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { ask, linkTo, sendText, startTarget } from './between.ts';

const mebibyte = Buffer.alloc(1024 * 1024, 'x');

test('fields go through as they were written, but for those of one connection', async () => {
  let seen: readonly string[] = [];
  const { port } = await startTarget((incoming, outgoing) => {
    seen = incoming.rawHeaders;
    outgoing.writeHead(200, 'Fine', [
      ...['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Spelt-LIKE-this', 'yes'],
      ...['Connection', 'X-Hop', 'X-Hop', 'dropped', 'Content-Length', '2'],
    ]);
    outgoing.end('ok');
  });
  const link = await linkTo(port);
  const answer = await sendText(
    link,
    'GET /v2/ HTTP/1.1\r\nHost: here\r\nX-Mine: 1\r\nX-Mine: 2\r\nTE: trailers\r\nConnection: close, X-Gone\r\nX-Gone: 3\r\n\r\n',
  );
  expect(seen).toEqual(['Host', 'here', 'X-Mine', '1', 'X-Mine', '2', 'Connection', 'keep-alive']);
  const [head = '', body] = answer.split('\r\n\r\n');
  const [status, ...fields] = head.split('\r\n');
  expect(status).toBe('HTTP/1.1 200 Fine');
  expect(fields.filter((field) => !field.startsWith('Date:'))).toEqual([
    ...['Set-Cookie: a=1', 'Set-Cookie: b=2', 'X-Spelt-LIKE-this: yes', 'Content-Length: 2', 'Connection: close'],
  ]);
  expect(body).toBe('ok');
});

test.each([
  ['HEAD', 200, { 'content-length': '12345' }],
  ['GET', 204, {}],
  ['GET', 304, { etag: '"x"' }],
  ['DELETE', 202, { 'content-length': '0' }],
])('an answer without a body: %s, %i', async (method, status, fields) => {
  const { port } = await startTarget((_incoming, outgoing) => outgoing.writeHead(status, fields).end());
  const link = await linkTo(port);
  const { answer, body } = await ask(link, { method });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers).toMatchObject(fields);
  expect(body).toHaveLength(0);
  expect(link.ledger).toMatchObject([
    { method, status, requestBytes: 0, responseBytes: 0, firstByteAt: null, lastByteAt: null, error: null },
  ]);
  await expect.poll(() => link.ledger[0]?.endedAt).not.toBeNull();
});

test.each([
  ['with its length', { 'content-length': String(mebibyte.length) }, { 'transfer-encoding': undefined }],
  ['in chunks', { 'transfer-encoding': 'chunked' }, { 'content-length': undefined }],
])('a body goes through as it was framed, both ways: %s', async (_how, framing, absent) => {
  let seen: unknown;
  const { port } = await startTarget((incoming, outgoing) => {
    seen = { ...incoming.headers };
    outgoing.writeHead(201, framing);
    incoming.pipe(outgoing);
  });
  const link = await linkTo(port);
  const { answer, body } = await ask(link, { method: 'PUT', headers: framing }, mebibyte);
  expect(seen).toMatchObject(framing);
  expect(seen).not.toHaveProperty(Object.keys(absent)[0] ?? '');
  expect(answer.headers).toMatchObject(framing);
  expect(body.equals(mebibyte)).toBe(true);
  expect(link.ledger).toMatchObject([{ requestBytes: mebibyte.length, responseBytes: mebibyte.length, error: null }]);
});

test('a request that may have a body and has none stays one without', async () => {
  let seen: unknown;
  const { port } = await startTarget((incoming, outgoing) => {
    seen = incoming.headers;
    outgoing.end();
  });
  await sendText(await linkTo(port), 'POST /v2/ HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
  expect(seen).toMatchObject({ 'content-length': '0' });
  expect(seen).not.toHaveProperty('transfer-encoding');
});

test('a body on demand is sent when the target asks for it', async () => {
  const { port, server } = await startTarget(() => undefined);
  server.on('checkContinue', (incoming, outgoing) => {
    outgoing.writeContinue();
    buffer(incoming).then((body) => outgoing.writeHead(201).end(String(body.length)));
  });
  const link = await linkTo(port);
  const headers = { expect: '100-continue', 'content-length': mebibyte.length };
  const agent = new Agent({ keepAlive: true });
  const { answer, body, interim } = await ask(link, { method: 'PUT', headers, agent }, mebibyte);
  agent.destroy();
  expect([answer.statusCode, String(body)]).toEqual([201, String(mebibyte.length)]);
  expect(interim).toEqual([100]);
  expect(answer.headers.connection).toBe('keep-alive');
  expect(link.ledger).toMatchObject([{ status: 201, requestBytes: mebibyte.length, error: null }]);
});

test('a body on demand that the target does not want is not asked for', async () => {
  const { port, server } = await startTarget(() => undefined);
  server.on('checkContinue', (_incoming, outgoing) => outgoing.writeHead(401).end('who are you'));
  const link = await linkTo(port);
  const headers = { expect: '100-continue', 'content-length': mebibyte.length };
  const { answer, body, interim } = await ask(link, { method: 'PUT', headers }, mebibyte);
  expect([answer.statusCode, String(body)]).toEqual([401, 'who are you']);
  expect(interim).toEqual([]);
  expect(answer.headers.connection).toBe('close');
  expect(link.ledger).toMatchObject([{ status: 401, requestBytes: 0, responseBytes: 11, error: null }]);
});

test('interim answers are passed on', async () => {
  const { port } = await startTarget((_incoming, outgoing) => {
    outgoing.writeProcessing();
    outgoing.writeEarlyHints({ link: '</a>; rel=preload' });
    outgoing.end('ok');
  });
  const { answer, interim } = await ask(await linkTo(port), {});
  expect(answer.statusCode).toBe(200);
  expect(interim).toEqual([102, 103]);
});

test('an answer that comes before the whole request was read is passed on', async () => {
  const { port } = await startTarget((_incoming, outgoing) => outgoing.writeHead(413).end('too big'));
  const link = await linkTo(port, 8_000_000); // a second for the whole body
  const { answer, body } = await ask(link, { method: 'PUT' }, mebibyte);
  expect(link.ledger[0]?.requestBytes).toBeLessThan(mebibyte.length);
  expect([answer.statusCode, String(body)]).toEqual([413, 'too big']);
  // The rest goes on at the link's pace, into the void.
  await expect.poll(() => link.ledger[0]?.endedAt, { timeout: 5000 }).not.toBeNull();
  expect(link.ledger).toMatchObject([{ status: 413, responseBytes: 7, error: null }]);
});

test('connections are kept on both sides', async () => {
  const { port, server } = await startTarget((incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(200, { 'content-length': 2 }).end('ok');
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const link = await linkTo(port);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const clientPorts = new Set<number | undefined>();
  for (const method of ['GET', 'PUT', 'HEAD', 'GET']) {
    const { from } = await ask(link, { method, agent }, method === 'PUT' ? mebibyte : undefined);
    clientPorts.add(from);
  }
  agent.destroy();
  expect(clientPorts.size).toBe(1);
  expect(connections).toBe(1);
  expect(link.ledger.map((entry) => entry.error)).toEqual([null, null, null, null]);
});
