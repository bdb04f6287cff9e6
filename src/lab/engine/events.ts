import { addAbortSignal, type Readable } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { Milliseconds } from '../../units.ts';
import type { Engine } from './engine.ts';
import type { EngineInstant } from './engine-clock.ts';
import { engineError } from './engine-error.ts';

/** Something that an engine tells of a container. */
export interface ContainerEvent {
  /** When the news arrived here. */
  readonly at: Milliseconds;
  /** When it happened, on the engine's clock. */
  readonly happenedAt: EngineInstant;
  /** `die`, `health_status: healthy`. */
  readonly action: string;
}

/**
 * Yields a container's events of one sort as they arrive, those since `since` first: an engine keeps the last 256 of all, so that a
 * subscription may come later than what it asks for (moby daemon/events/events.go).
 * @throws DeployclockError ENGINE_REQUEST_FAILED; what `signal` was aborted with
 */
export async function* followEvents(
  engine: Engine,
  {
    containerId,
    event,
    since,
  }: { readonly containerId: string; readonly event: string; readonly since: EngineInstant },
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<ContainerEvent, void> {
  try {
    const options = {
      filters: { type: ['container' as const], container: [containerId], event: [event] },
      // In seconds.
      since: Number((since / 1000).toFixed(6)),
      abortSignal: signal,
    };
    const response = (await engine.docker.getEvents(options)) as Readable;
    response.setEncoding('utf8');
    addAbortSignal(signal, response);
    let rest = '';
    for await (const chunk of response) {
      const at = clock.now();
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() !== '') yield { ...readEvent(line), at };
      }
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw engineError('ENGINE_REQUEST_FAILED', "listening to the engine's events", thrown);
  }
}

function readEvent(line: string): Omit<ContainerEvent, 'at'> {
  const event = JSON.parse(line) as { readonly Action: string; readonly timeNano: number };
  // Nanoseconds since 1970 are more than a double holds; what it loses is a tenth of a microsecond.
  return { action: event.Action, happenedAt: (event.timeNano / 1e6) as EngineInstant };
}
