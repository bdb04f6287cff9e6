import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { ask, linkTo, startTarget } from './between.ts';

const mebibyte = Buffer.alloc(1024 * 1024, 'x');

test('a target that breaks off in the middle of an answer breaks the client off too', async () => {
  const { port } = await startTarget((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-length': mebibyte.length }).write(mebibyte.subarray(0, 1000));
    setTimeout(() => outgoing.destroy(), 20);
  });
  const link = await linkTo(port);
  await expect(ask(link, {})).rejects.toThrow('aborted');
  await expect.poll(() => link.ledger[0]?.error).toContain('broke off');
  expect(link.ledger).toMatchObject([{ status: 200, responseBytes: 1000 }]);
});

test('a target that breaks off in the middle of a request breaks the client off too', async () => {
  const { port } = await startTarget((incoming) => {
    incoming.once('data', () => incoming.socket.destroy());
  });
  const link = await linkTo(port, 8_000_000); // a second for the whole body
  await expect(ask(link, { method: 'PUT' }, mebibyte)).rejects.toThrow();
  await expect.poll(() => link.ledger[0]?.error ?? null).not.toBeNull();
  expect(link.ledger[0]?.status).toBeNull();
  expect(link.ledger[0]?.requestBytes).toBeLessThan(mebibyte.length);
});

test.each([
  ['unshaped', null],
  ['shaped', 100_000_000],
])('a client that breaks off in the middle of a request is recorded, and the target told: %s', async (_how, rate) => {
  let cutOff = false;
  const { port } = await startTarget((incoming) => {
    incoming.on('error', () => {
      cutOff = true;
    });
    incoming.resume();
  });
  const link = await linkTo(port, rate);
  const [, clientPort = ''] = link.address.split(':');
  const socket = connect(Number(clientPort), '127.0.0.1');
  socket.write('PUT /v2/ HTTP/1.1\r\nHost: here\r\nContent-Length: 1000000\r\n\r\n');
  socket.write(Buffer.alloc(5000));
  await expect.poll(() => link.ledger[0]?.requestBytes).toBe(5000);
  socket.destroy();
  await expect.poll(() => cutOff).toBe(true);
  await expect.poll(() => link.ledger[0]?.error ?? null).not.toBeNull();
  expect(link.ledger).toMatchObject([{ status: null, requestBytes: 5000, responseBytes: 0 }]);
  expect(link.ledger[0]?.endedAt).toBeGreaterThanOrEqual(link.ledger[0]?.lastByteAt ?? Number.NaN);
});

test('a client that breaks off in the middle of an answer is recorded, and the target told', async () => {
  let cutOff = false;
  const { port } = await startTarget((_incoming, outgoing) => {
    outgoing.on('close', () => {
      cutOff = !outgoing.writableFinished;
    });
    outgoing.writeHead(200, { 'content-length': 1e9 }).write(mebibyte);
  });
  const link = await linkTo(port);
  const exchange = request(`http://${link.address}/`, (answer) => {
    answer.once('data', () => exchange.destroy());
  });
  exchange.on('error', () => undefined).end();
  await expect.poll(() => cutOff).toBe(true);
  await expect.poll(() => link.ledger[0]?.error ?? null).not.toBeNull();
  expect(link.ledger).toMatchObject([{ status: 200, requestBytes: 0 }]);
  expect(link.ledger[0]?.responseBytes).toBeLessThanOrEqual(mebibyte.length);
});

test.each([
  ['unshaped', null],
  ['shaped', 1_000_000_000],
])('a client that does not read stops the target: %s', async (_how, rate) => {
  let written = 0;
  const { port } = await startTarget((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-length': 1e12 });
    const send = (): void => {
      while (outgoing.write(mebibyte)) written += mebibyte.length;
      written += mebibyte.length;
      outgoing.once('drain', send);
    };
    send();
  });
  const link = await linkTo(port, rate);
  const [, clientPort = ''] = link.address.split(':');
  const socket = connect(Number(clientPort), '127.0.0.1');
  socket.pause().write('GET /v2/ HTTP/1.1\r\nHost: here\r\n\r\n');
  const twice = async (): Promise<boolean> => {
    const before = written;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return written > 0 && written === before;
  };
  await expect.poll(twice, { timeout: 10_000 }).toBe(true);
  // What the system's socket buffers hold, and ours.
  expect(written).toBeLessThan(64 * mebibyte.length);
  expect(link.ledger[0]?.responseBytes).toBeLessThan(written);
  socket.destroy();
  await expect.poll(() => link.ledger[0]?.error ?? null).not.toBeNull();
});

test('a link that closes breaks off what is under way', async () => {
  const { port } = await startTarget((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-length': mebibyte.length }).end(mebibyte);
  });
  const link = await linkTo(port, 1_000_000);
  const asked = ask(link, {});
  const failed = expect(asked).rejects.toThrow();
  await expect.poll(() => link.ledger[0]?.responseBytes ?? 0).toBeGreaterThan(0);
  await link.close();
  await failed;
  await expect.poll(() => link.ledger[0]?.error ?? null).not.toBeNull();
});
