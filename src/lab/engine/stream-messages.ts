import type { IncomingMessage } from 'node:http';
import { addAbortSignal } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { Milliseconds } from '../../units.ts';
import type { Engine } from './engine.ts';
import { engineError } from './engine-error.ts';

/** One line of an engine's answer, with the instant at which it arrived here. Kept whole: it is the raw record of the phase. */
export interface StreamMessage {
  readonly at: Milliseconds;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface StreamRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** The request's body: a tar for a build; undefined for none. */
  readonly tar?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Sends a request that the engine answers with newline-separated JSON, and yields each message as it arrives.
 * Ours instead of modem.followProgress, which buffers everything, splits multibyte characters and throws out of a data handler.
 */
export async function* streamMessages(
  engine: Engine,
  request: StreamRequest,
  clock: Clock,
): AsyncGenerator<StreamMessage, void> {
  const response = await openStream(engine, request);
  response.setEncoding('utf8');
  addAbortSignal(request.signal, response);
  let rest = '';
  for await (const chunk of response) {
    const at = clock.now();
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const body = parseLine(line);
      if (body !== null) yield { at, body };
    }
  }
  const last = parseLine(rest);
  if (last !== null) yield { at: clock.now(), body: last };
}

/** The message of an error inside a stream (HTTP 200, `errorDetail`), or null. */
export function errorIn(message: StreamMessage): string | null {
  const detail = message.body.errorDetail;
  if (typeof detail === 'object' && detail !== null && 'message' in detail) return String(detail.message);
  return typeof message.body.error === 'string' ? message.body.error : null;
}

function openStream(engine: Engine, request: StreamRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    engine.docker.modem.dial(
      {
        path: `${request.path}?`,
        method: 'POST',
        isStream: true,
        options: { _query: request.query, _body: {} },
        abortSignal: request.signal,
        statusCodes: { 200: true, 400: 'bad parameter', 404: 'not found', 500: 'server error' },
        ...(request.tar === undefined ? {} : { file: request.tar }),
        ...(request.headers === undefined ? {} : { headers: { ...request.headers } }),
      },
      (error, response) => {
        if (response === null) reject(engineError('ENGINE_REQUEST_FAILED', `POST ${request.path}`, error));
        // With isStream the modem hands the response itself over.
        else resolve(response as IncomingMessage);
      },
    );
  });
}

/** An engine never sends anything but objects; a line that is none is a torn one, and the caller notices the missing end. */
function parseLine(line: string): Record<string, unknown> | null {
  if (line.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
