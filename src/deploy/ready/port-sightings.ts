import type { Milliseconds } from '../../units.ts';
import type { HttpAttempt } from '../http-attempt.ts';
import type { Seen } from './watch.ts';

/** What a row of HTTP attempts has shown of a port. */
export interface PortSightings {
  readonly attempts: number;
  readonly listening: Seen | null;
  readonly firstResponse: Seen | null;
  /** The first success of the row that goes on; null while there is none. */
  readonly firstSuccess: Seen | null;
  /** Successes in a row up to now. */
  readonly row: number;
  readonly longestRow: number;
  /** The last attempt that came to anything but a refused connection, and the last one that was answered. */
  readonly lastConnected: HttpAttempt | null;
  readonly lastAnswered: HttpAttempt | null;
  /** Starts of the last attempts that did not connect, were not answered, did not succeed. */
  readonly missed: {
    readonly connection: Milliseconds;
    readonly response: Milliseconds;
    readonly success: Milliseconds;
  };
}

export function nothingOnPort(began: Milliseconds): PortSightings {
  return {
    attempts: 0,
    listening: null,
    firstResponse: null,
    firstSuccess: null,
    row: 0,
    longestRow: 0,
    lastConnected: null,
    lastAnswered: null,
    missed: { connection: began, response: began, success: began },
  };
}

/**
 * The sightings with one more attempt.
 * @param listening when the app's port accepted this attempt's connection; null where it did not, or where something else may have
 */
export function withAttempt(
  before: PortSightings,
  attempt: HttpAttempt,
  { listening, success }: { readonly listening: Milliseconds | null; readonly success: boolean },
): PortSightings {
  const { startedAt, connectedAt, respondedAt } = attempt;
  const { missed } = before;
  const row = success ? before.row + 1 : 0;
  return {
    attempts: before.attempts + 1,
    listening: before.listening ?? seen(listening, missed.connection),
    firstResponse: before.firstResponse ?? seen(respondedAt, missed.response),
    firstSuccess: success ? (before.firstSuccess ?? seen(respondedAt, missed.success)) : null,
    row,
    longestRow: Math.max(before.longestRow, row),
    lastConnected: connectedAt === null ? before.lastConnected : attempt,
    lastAnswered: respondedAt === null ? before.lastAnswered : attempt,
    missed: {
      connection: listening === null ? startedAt : missed.connection,
      response: respondedAt === null ? startedAt : missed.response,
      success: success ? missed.success : startedAt,
    },
  };
}

function seen(at: Milliseconds | null, notBefore: Milliseconds): Seen | null {
  return at === null ? null : { at, notBefore };
}
