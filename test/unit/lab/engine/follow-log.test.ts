import fc from 'fast-check';
import { expect, test } from 'vitest';
import { monotonicClock } from '../../../../src/clock.ts';
import { followLog, type LogLine } from '../../../../src/lab/engine/follow-log.ts';
import { LogFrames } from '../../../../src/lab/engine/log-frames.ts';
import { LogLines } from '../../../../src/lab/engine/log-lines.ts';
import { withEngine } from './engine-behind-a-socket.ts';

const never = new AbortController().signal;
const instant = '2026-01-02T03:04:05.000000006Z';

function frame(stream: number, payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

/** Everything that an engine with this log gives, sent in these chunks. */
async function follow(chunks: readonly Buffer[], { terminal = false } = {}): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  await withEngine(
    async (incoming, outgoing) => {
      if (incoming.url?.endsWith('/json')) {
        outgoing.end(JSON.stringify({ Config: { Tty: terminal } }));
        return;
      }
      for (const chunk of chunks) {
        outgoing.write(chunk);
        await new Promise(setImmediate);
      }
      outgoing.end();
    },
    async (engine) => {
      for await (const line of followLog(engine, 'app', monotonicClock, never)) lines.push(line);
    },
  );
  return lines;
}

test('lines come out whole, in order and without their instants, however the frames are cut into chunks', () => {
  const texts = ['listening on 3000', 'größe 漢字 🐳', '', '  indented', 'x'.repeat(300)];
  const stream = Buffer.concat(texts.map((text, row) => frame(1 + (row % 2), `${instant} ${text}\n`)));
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 40 }), (cuts) => {
      const borders = [0, ...cuts.toSorted((left, right) => left - right), stream.length];
      const frames = new LogFrames();
      const lines = { stdout: new LogLines(), stderr: new LogLines(), engine: new LogLines() };
      const read = borders
        .slice(1)
        .flatMap((end, index) => frames.push(stream.subarray(borders[index], end)))
        .map((part) => lines[part.stream].push(part.payload)?.text);
      expect(read).toEqual(texts);
    }),
  );
});

test('a very long line comes in parts, each with the instant of the first, and is cut inside a character', async () => {
  const whale = Buffer.from('🐳');
  const lines = await follow([
    frame(1, Buffer.concat([Buffer.from(`${instant} begin `), whale.subarray(0, 2)])),
    frame(2, `${instant} said meanwhile\n`),
    frame(1, Buffer.concat([Buffer.from(`${instant} `), whale.subarray(2), Buffer.from(' end\r\n')])),
  ]);
  expect(lines.map((line) => line.text)).toEqual(['said meanwhile', 'begin 🐳 end']);
  expect(lines[1]?.writtenAt).toBeCloseTo(Date.parse('2026-01-02T03:04:05Z'), 3);
});

test('a terminal has no frames and ends its lines as typewriters do', async () => {
  const text = `${instant} größe\r\n${instant} ready\r\n`;
  const bytes = Buffer.from(text);
  const lines = await follow([bytes.subarray(0, 33), bytes.subarray(33, 50), bytes.subarray(50)], { terminal: true });
  expect(lines.map((line) => line.text)).toEqual(['größe', 'ready']);
  expect(lines.every((line) => line.writtenAt !== null)).toBe(true);
});

test('a line without an instant of the engine is a line', async () => {
  const lines = await follow([frame(1, 'no instant here\n')]);
  expect(lines).toMatchObject([{ text: 'no instant here', writtenAt: null }]);
});

test('what the engine itself says inside the log is a failure', async () => {
  await expect(follow([frame(3, 'Error grabbing logs: unexpected EOF\n')])).rejects.toMatchObject({
    code: 'ENGINE_REQUEST_FAILED',
    message: expect.stringContaining('unexpected EOF'),
  });
});
