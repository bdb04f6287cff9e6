import type { StreamMessage } from '../lab/engine/stream-messages.ts';
import type { TimedPhase } from './phase.ts';
import type { Ledgers } from './taints.ts';

/** One line of the raw record: an engine's message or a request that crossed a link, instants counted from the deploy's start. */
export type RawLine = Readonly<Record<string, unknown>>;

export function rawLines(
  began: number,
  timed: readonly TimedPhase<unknown>[],
  messages: readonly StreamMessage[],
  ledgers: Ledgers,
): RawLine[] {
  const since = (at: number | null): number | null => (at === null ? null : at - began);
  return [
    ...timed.map(({ name, startedAt, ms }) => ({ source: 'phase', name, startMs: since(startedAt), ms })),
    ...messages.map(({ at, body }) => ({ source: 'build', atMs: since(at), body })),
    ...Object.entries(ledgers).flatMap(([link, requests]) =>
      requests.map((request) => ({
        source: link,
        method: request.method,
        path: request.path,
        status: request.status,
        requestBytes: request.requestBytes,
        responseBytes: request.responseBytes,
        startMs: since(request.startedAt),
        firstByteMs: since(request.firstByteAt),
        lastByteMs: since(request.lastByteAt),
        endMs: since(request.endedAt),
        error: request.error,
      })),
    ),
  ];
}
