import { elapsed } from '../../clock.ts';
import { milliseconds } from '../../units.ts';
import { attemptHttp } from '../http-attempt.ts';
import { attemptInterval, attempts } from './attempts.ts';
import { endpointOf } from './endpoint-of.ts';
import { expectedAnswer, type HttpCheck } from './expected-answer.ts';
import { nothingOnPort, type PortSightings, withAttempt } from './port-sightings.ts';
import { describeSilentPort } from './silent-port.ts';
import { nothingSeen, type Seen, type Shortfall, type StartWatch, type Watched } from './watch.ts';

/** So many expected answers in a row, each a whole exchange on a fresh connection. */
export const watchHttp: StartWatch<'http'> = (watched, check, signal) => {
  const { clock, began } = watched;
  let port = nothingOnPort(began);

  const met = async (): Promise<Seen> => {
    const { endpoint } = endpointOf(watched);
    const expected = expectedAnswer(check);
    const make = () => attemptHttp(endpoint, check.path, clock, signal);
    for await (const attempt of attempts(make, attemptInterval, clock, signal)) {
      // A proxy's connection says nothing of the app.
      const listening = endpoint.direct ? attempt.connectedAt : null;
      port = withAttempt(port, attempt, { listening, success: expected(attempt) });
      if (port.row === check.successes && port.firstSuccess !== null && attempt.respondedAt !== null) {
        // The whole row would have come so much earlier.
        const doubt = elapsed(port.firstSuccess.notBefore, port.firstSuccess.at);
        return { at: attempt.respondedAt, notBefore: milliseconds(attempt.respondedAt - doubt) };
      }
    }
    throw signal.reason;
  };

  return {
    met: met(),
    sightings: () => {
      const { listening, firstResponse, firstSuccess, attempts: attemptCount, lastAnswered } = port;
      const lastStatus = lastAnswered?.status ?? null;
      return { ...nothingSeen, listening, firstResponse, firstSuccess, attempts: attemptCount, lastStatus };
    },
    shortfall: (within) => describe(watched, check, port, within),
  };
};

async function describe(watched: Watched, check: HttpCheck, seen: PortSightings, within: string): Promise<Shortfall> {
  const { port } = endpointOf(watched);
  if (seen.lastConnected === null) return { ...(await describeSilentPort(watched, port, within)), excerpt: null };
  const hint =
    seen.listening === null && seen.firstResponse === null
      ? `Check that the app listens on port ${port} on all addresses: what accepted the connections may be the engine's own proxy.`
      : 'Check `ready` in scenario.yaml, or raise `ready.timeout`.';
  return { message: `${instead(check, seen)} ${within} (${seen.attempts} attempts).`, hint, excerpt: null };
}

/** What came instead of the expected answer, up to the word "within". */
function instead(check: HttpCheck, { lastAnswered, lastConnected, longestRow }: PortSightings): string {
  const asked = `GET ${check.path} gave`;
  if (lastAnswered === null) {
    const error = lastConnected?.error ?? null;
    return `${asked} no answer at all${error === null ? '' : ` (${error})`}, not ${check.status}, within`;
  }
  const { status, body } = lastAnswered;
  if (status !== check.status) return `${asked} status ${status}, not ${check.status}, within`;
  if (longestRow > 0) return `${asked} only ${longestRow} of ${check.successes} expected answers in a row within`;
  return `${asked} a body that does not match /${check.body}/m, but ${excerptOf(body ?? '')}, within`;
}

function excerptOf(body: string): string {
  const line = body.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'an empty one';
  return line.length > 120 ? `"${line.slice(0, 120)}…"` : `"${line}"`;
}
