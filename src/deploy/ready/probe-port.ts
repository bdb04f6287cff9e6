import { attemptHttp, type HttpAttempt } from '../http-attempt.ts';
import { attempts } from './attempts.ts';
import { nothingOnPort, type PortSightings, withAttempt } from './port-sightings.ts';
import type { Watched } from './watch.ts';

/** Seldom enough not to disturb an app whose readiness somebody else decides. */
const probeInterval = 25;

/**
 * Looks at an app's port beside a check that does not: when it listened, first answered, and first answered with a status of 200 to 399.
 * Stops at that success, and where what answers does not speak HTTP. Never rejects.
 * @param path asked for at each attempt
 * @param note told what was seen up to now
 */
export async function probePort(
  { app, clock, began }: Watched,
  path: string,
  note: (seen: PortSightings) => void,
  signal: AbortSignal,
): Promise<void> {
  const { endpoint } = app;
  if (endpoint === null) return;
  let seen = nothingOnPort(began);
  for await (const attempt of attempts(
    () => attemptHttp(endpoint, path, clock, signal),
    probeInterval,
    clock,
    signal,
  )) {
    const success = attempt.status !== null && attempt.status >= 200 && attempt.status < 400;
    seen = withAttempt(seen, attempt, { listening: endpoint.direct ? attempt.connectedAt : null, success });
    note(seen);
    if (success || speaksSomethingElse(attempt)) return;
  }
}

/** Node's HTTP parser names its complaints `HPE_…`. */
function speaksSomethingElse({ error }: HttpAttempt): boolean {
  return error?.startsWith('HPE_') === true;
}
