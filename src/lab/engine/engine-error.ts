import { DeployclockError, type ErrorCode, messageOf } from '../../errors.ts';

/** The part of docker-modem's error that it documents: a status code, and the engine's own message in `json`. */
interface ModemError {
  readonly statusCode?: number;
  readonly json?: unknown;
}

/**
 * Turns what dockerode threw into one of ours. `what` says what was being done. A full disk has a code of its own, because
 * the remedy is another one, whatever was being done.
 */
export function engineError(code: ErrorCode, what: string, thrown: unknown): DeployclockError {
  if (thrown instanceof DeployclockError) return thrown;
  return engineFailure(code, what, engineMessage(thrown), thrown);
}

/** As `engineError`, for a message that came inside a stream. */
export function engineFailure(code: ErrorCode, what: string, message: string, cause?: unknown): DeployclockError {
  const full = /no space left on device|disk quota exceeded/i.test(message);
  const detail = cause === undefined ? {} : { cause };
  return new DeployclockError(full ? 'NO_SPACE' : code, `${what}: ${message}`, detail);
}

export function statusCodeOf(thrown: unknown): number | null {
  const code = (thrown as ModemError | null)?.statusCode;
  return typeof code === 'number' ? code : null;
}

function engineMessage(thrown: unknown): string {
  const json = (thrown as ModemError | null)?.json;
  if (typeof json === 'object' && json !== null && 'message' in json) return String(json.message).trim();
  return messageOf(thrown)
    .replace(/^\(HTTP code \d+\) [^-]*- /, '')
    .trim();
}
