import { text } from 'node:stream/consumers';
import { engineError, engineFailure } from './engine-error.ts';

/**
 * Reads a short answer of newline-separated JSON to its end, for requests whose progress nobody needs.
 * @throws DeployclockError ENGINE_REQUEST_FAILED, NO_SPACE where the answer says inside that it failed
 */
export async function readToEnd(stream: NodeJS.ReadableStream, what: string): Promise<void> {
  const answer = await text(stream).catch((thrown: unknown) => {
    throw engineError('ENGINE_REQUEST_FAILED', what, thrown);
  });
  const failure = /"error":"((?:[^"\\]|\\.)*)"/.exec(answer)?.[1];
  if (failure !== undefined) throw engineFailure('ENGINE_REQUEST_FAILED', what, failure);
}
