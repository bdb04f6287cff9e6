import type { Clock } from '../../clock.ts';
import { DeployclockError, type ErrorCode } from '../../errors.ts';
import { asDigest, type Digest } from '../../units.ts';
import type { Engine } from './engine.ts';
import { engineError, engineFailure } from './engine-error.ts';
import { errorIn, type StreamMessage, streamMessages } from './stream-messages.ts';

export interface Transfer {
  readonly messages: StreamMessage[];
  /** Digest of the manifest that was sent or fetched. */
  readonly digest: Digest;
  /** The engine's own words for attempts that it repeated; a transfer with any is no clean measurement. */
  readonly retries: readonly string[];
}

export interface TransferOptions {
  /** Value of the header X-Registry-Auth: base64url, padded, of the JSON that Docker's API describes. */
  readonly authorization?: string;
}

/** Base64 of `{}`: engine 20.10 answers 400 to a push without this header. */
const noCredentials = 'e30=';

/**
 * Pushes `repository:tag`.
 * @throws DeployclockError PUSH_FAILED, NO_SPACE, STREAM_TRUNCATED
 */
export async function pushImage(
  engine: Engine,
  repository: string,
  tag: string,
  clock: Clock,
  signal: AbortSignal,
  options: TransferOptions = {},
): Promise<Transfer> {
  const request = { path: `/images/${repository}/push`, query: { tag }, headers: headersFor(options), signal };
  const messages = await collect(engine, request, clock, 'PUSH_FAILED', `push of ${repository}:${tag}`);
  return finish(messages, 'PUSH_FAILED', `The push of ${repository}:${tag}`);
}

/**
 * Pulls `repository:tag`, or `repository@digest` where `tag` is a digest.
 * @throws DeployclockError PULL_FAILED, NO_SPACE, STREAM_TRUNCATED
 */
export async function pullImage(
  engine: Engine,
  repository: string,
  tag: string,
  clock: Clock,
  signal: AbortSignal,
  options: TransferOptions = {},
): Promise<Transfer> {
  const query = { fromImage: repository, tag };
  const request = { path: '/images/create', query, headers: headersFor(options), signal };
  const messages = await collect(engine, request, clock, 'PULL_FAILED', `pull of ${repository}:${tag}`);
  return finish(messages, 'PULL_FAILED', `The pull of ${repository}:${tag}`);
}

function headersFor({ authorization = noCredentials }: TransferOptions): Record<string, string> {
  return { 'X-Registry-Auth': authorization };
}

async function collect(
  engine: Engine,
  request: Parameters<typeof streamMessages>[1],
  clock: Clock,
  code: ErrorCode,
  what: string,
): Promise<StreamMessage[]> {
  const messages: StreamMessage[] = [];
  try {
    for await (const message of streamMessages(engine, request, clock)) {
      messages.push(message);
      const failure = errorIn(message);
      if (failure !== null) throw engineFailure(code, what, failure);
    }
  } catch (thrown) {
    request.signal.throwIfAborted();
    // A request refused before its stream began (a pull without the right login) is the same failure as one told inside it.
    const refused = thrown instanceof DeployclockError && thrown.code === 'ENGINE_REQUEST_FAILED';
    throw engineError(code, what, refused ? (thrown.cause ?? thrown) : thrown);
  }
  return messages;
}

/** A push ends with `<tag>: digest: sha256:…`, a pull with `Digest:` and then `Status:`; a stream without them was cut off. */
function finish(messages: StreamMessage[], code: 'PUSH_FAILED' | 'PULL_FAILED', what: string): Transfer {
  const statuses = messages.map((message) => String(message.body.status ?? ''));
  const digest = statuses
    .map((status) => asDigest(/digest: (sha256:[0-9a-f]{64})/i.exec(status)?.[1]))
    .find((found) => found !== null);
  const whole = code === 'PUSH_FAILED' || statuses.some((status) => status.startsWith('Status: '));
  if (digest === undefined || digest === null || !whole) {
    throw new DeployclockError(
      'STREAM_TRUNCATED',
      `${what} ended early: the engine's stream stopped without a result.`,
    );
  }
  return {
    messages,
    digest,
    retries: statuses.filter((status) => /^Retrying in/.test(status)),
  };
}
