import type { Engine } from '../engine/engine.ts';
import { engineError } from '../engine/engine-error.ts';

/** Go's words, of net, crypto/tls, crypto/x509 and net/http, for what lies between an engine and a registry. */
const onTheWay =
  /dial (tcp|udp)|no such host|connection (refused|reset)|timeout|deadline exceeded|unreachable|x509:|tls:|\bEOF\b|gave HTTP response/i;

/**
 * Has the engine itself ask a registry for an image that is not there: the one way to know that it will be able to push or pull. Docker's
 * request for that fetches nothing and changes nothing. That there is no such image, or that it may not be seen, is said by the registry.
 * @param prefix what stands before `/repository:tag`
 * @param authorization value of X-Registry-Auth; nobody logs in where it is left out
 * @throws DeployclockError ENGINE_UNSUITABLE with the engine's words
 */
export async function requireReach(engine: Engine, prefix: string, authorization = 'e30='): Promise<void> {
  try {
    const image = engine.docker.getImage(`${prefix}/deployclock-reach:none`);
    await image.distribution({ authconfig: { base64: authorization } });
  } catch (thrown) {
    const failure = engineError('ENGINE_UNSUITABLE', `The engine cannot reach the registry at ${prefix}`, thrown);
    if (onTheWay.test(failure.message)) throw failure;
  }
}
