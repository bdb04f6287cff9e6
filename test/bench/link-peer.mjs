/**
 * The far ends of a link, each in a process of its own so that they take none of the link's thread. Plain JavaScript, because Node.js 20 runs nothing
 * else; started by link-speed.ts with a role.
 */
import { createServer } from 'node:http';
import { connect } from 'node:net';

const block = Buffer.alloc(1024 * 1024, 'x');
const host = '127.0.0.1';

/** Instants that processes of one machine can compare, in milliseconds. */
const now = () => performance.timeOrigin + performance.now();

/** Answers GET /<bytes> with as many, and anything else with how its body came. */
function origin() {
  const server = createServer({ highWaterMark: block.length }, (incoming, outgoing) => {
    if (incoming.method === 'GET') {
      let left = Number(incoming.url.slice(1));
      outgoing.writeHead(200, { 'content-length': left });
      const send = () => {
        while (left > 0) {
          const size = Math.min(left, block.length);
          left -= size;
          if (!outgoing.write(block.subarray(0, size))) return void outgoing.once('drain', send);
        }
        outgoing.end();
      };
      send();
    } else {
      const arrival = [];
      incoming.on('data', (chunk) => note(arrival, chunk.length));
      incoming.on('end', () => outgoing.end(JSON.stringify(arrival)));
    }
  });
  server.listen(0, host, () => process.send(server.address().port));
  process.on('message', () => process.send(process.cpuUsage()));
}

/** Adds to a body's arrival: pairs of an instant and the bytes until then, 5 ms apart and more. */
function note(arrival, size) {
  const at = now();
  const [lastAt, lastBytes] = arrival.at(-1) ?? [0, 0];
  const [beforeAt] = arrival.at(-2) ?? [0];
  if (lastAt - beforeAt < 5) arrival.pop();
  arrival.push([at, lastBytes + size]);
}

/** Reads into one buffer that is used again, which costs a fraction of what an HTTP client does. */
function download(port, bytes) {
  return new Promise((resolve, reject) => {
    const arrival = [];
    let got = 0;
    let head = '';
    let inBody = false;
    const onread = {
      buffer: Buffer.alloc(block.length),
      callback: (size, buffer) => {
        let bodySize = size;
        if (!inBody) {
          head += buffer.toString('latin1', 0, size);
          const end = head.indexOf('\r\n\r\n');
          inBody = end >= 0;
          bodySize = inBody ? head.length - end - 4 : 0;
        }
        if (bodySize > 0) note(arrival, bodySize);
        got += bodySize;
        if (got >= bytes) {
          socket.destroy();
          resolve(arrival);
        }
        return true;
      },
    };
    const socket = connect({ port, host, onread });
    socket.on('error', reject).on('close', () => reject(new Error('the link closed the connection')));
    socket.write(`GET /${bytes} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  });
}

/** In chunks of 32 KiB as engines send layers, or with its length in front. */
function upload(port, bytes, chunked) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host });
    let left = bytes;
    let answer = '';
    socket.on('error', reject).on('close', () => reject(new Error('the link closed the connection')));
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      const arrival = /\[\[.*\]\]/.exec(answer)?.[0];
      if (arrival === undefined) return;
      socket.destroy();
      resolve(JSON.parse(arrival));
    });
    const framing = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes}`;
    socket.write(`PATCH /upload HTTP/1.1\r\nHost: ${host}\r\n${framing}\r\n\r\n`);
    const send = () => {
      while (left > 0) {
        const size = Math.min(left, chunked ? 32 * 1024 : block.length);
        left -= size;
        socket.cork();
        if (chunked) socket.write(`${size.toString(16)}\r\n`);
        const room = socket.write(block.subarray(0, size));
        if (chunked) socket.write('\r\n');
        socket.uncork();
        if (!room) return void socket.once('drain', send);
      }
      if (chunked) socket.write('0\r\n\r\n');
    };
    send();
  });
}

async function client([port, direction, bytes, connections]) {
  const share = Math.ceil(bytes / connections);
  const one = () =>
    direction === 'download' ? download(port, share) : upload(port, share, direction === 'chunked upload');
  // A short one first: a program that has just begun sees its first bytes late.
  await (direction === 'download' ? download(port, bytes / 10) : upload(port, bytes / 10, false));
  const arrivals = await Promise.all(Array.from({ length: connections }, one));
  process.send({ arrivals, used: process.cpuUsage() }, () => process.exit());
}

// Nothing stays behind when the benchmark breaks off.
process.on('disconnect', () => process.exit());
const [role, ...parameters] = process.argv.slice(2);
if (role === 'origin') origin();
else await client(parameters.map((text) => (Number.isNaN(Number(text)) ? text : Number(text))));
