import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { AppEndpoint } from '../lab/server/server.ts';
import type { Milliseconds } from '../units.ts';
import { withLimit } from './ready/limited.ts';

/** One attempt at a whole HTTP exchange on a fresh connection. Instants are null where it did not get so far. */
export interface HttpAttempt {
  readonly startedAt: Milliseconds;
  readonly connectedAt: Milliseconds | null;
  /** The last byte of the answer was here. */
  readonly respondedAt: Milliseconds | null;
  readonly status: number | null;
  /** The first MiB of the answer's body. */
  readonly body: string | null;
  /** Why there was no whole answer: `ECONNRESET`. */
  readonly error: string | null;
}

/** An app may accept a connection long before it answers; an exchange is given this long before the next is tried. */
const attemptLimitMs = 10_000;

/** No more of a body is waited for: a readiness page that does not end must not hold up the deploy. */
const longestBody = 1024 * 1024;

/** Never rejects: a refused or broken connection is an attempt without a response. */
export async function attemptHttp(
  endpoint: AppEndpoint,
  path: string,
  clock: Clock,
  signal: AbortSignal,
  limit = attemptLimitMs,
): Promise<HttpAttempt> {
  const startedAt = clock.now();
  let connectedAt: Milliseconds | null = null;
  try {
    return await withLimit(limit, signal, async (limited) => {
      const socket = await endpoint.connect(limited);
      connectedAt = clock.now();
      try {
        return { startedAt, connectedAt, error: null, ...(await exchange(socket, endpoint, path, clock, limited)) };
      } finally {
        socket.destroy();
      }
    });
  } catch (thrown) {
    return { startedAt, connectedAt, respondedAt: null, status: null, body: null, error: nameOf(thrown) };
  }
}

type Answer = Pick<HttpAttempt, 'respondedAt' | 'status' | 'body'>;

function exchange(
  socket: Socket,
  { host }: AppEndpoint,
  path: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const broken = (): void => reject(new Error('the connection was closed before the answer was over'));
    // Without an agent of any kind a request takes the connection that it is given, and asks for it to be closed.
    const asked = request({ createConnection: () => socket, path: encode(path), headers: { host }, signal });
    asked.on('error', reject).on('close', broken);
    asked.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const give = (): void => {
        const respondedAt = clock.now();
        const body = Buffer.concat(chunks).subarray(0, longestBody).toString('utf8');
        resolve({ respondedAt, status: response.statusCode ?? null, body });
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= longestBody) give();
      });
      response.on('end', give).on('error', reject).on('close', broken);
    });
    asked.end();
  });
}

/** A request line is printable ASCII; what else a person wrote goes as browsers send it. */
function encode(path: string): string {
  return path.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

function nameOf(thrown: unknown): string {
  if (thrown instanceof Error && thrown.name === 'AbortError') return 'it was still open';
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : messageOf(thrown);
}
