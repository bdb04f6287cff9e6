import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine } from '../../../../src/lab/engine/engine.ts';
import { withEngine } from '../../lab/engine/engine-behind-a-socket.ts';

/** One container of an engine behind a socket: what it answers to the questions that a wait asks. */
export interface Container {
  /** The container's description; called at each inspection. */
  readonly describe?: () => { State?: object; Config?: object };
  /** Answers a log that is followed. */
  readonly log?: (outgoing: ServerResponse) => void;
  /** Answers the subscription to events. */
  readonly events?: (outgoing: ServerResponse, incoming: IncomingMessage) => void;
  /** What the app wrote, as asked for after the wait. */
  readonly lastLines?: string;
  /** How far the engine's wall clock is ahead of this process's. */
  readonly clockAhead?: number;
}

export const startedAt = '2026-01-02T03:04:05.000000006Z';

export async function withContainer(container: Container, use: (engine: Engine) => Promise<void>): Promise<void> {
  await withEngine((incoming, outgoing) => {
    const path = incoming.url ?? '';
    if (path.includes('/containers/app/json')) {
      const { State = {}, Config = {} } = container.describe?.() ?? {};
      const running = { Running: true, ExitCode: 0, Pid: 1, StartedAt: startedAt, FinishedAt: '0001-01-01T00:00:00Z' };
      const NetworkSettings = { Networks: {} };
      outgoing.end(
        JSON.stringify({ State: { ...running, ...State }, Config: { Tty: false, ...Config }, NetworkSettings }),
      );
    } else if (path.includes('/stats')) {
      const read = new Date(Date.now() + (container.clockAhead ?? 0)).toISOString();
      outgoing.end(JSON.stringify({ read }));
    } else if (path.includes('/logs') && path.includes('follow=true') && container.log !== undefined) {
      container.log(outgoing);
    } else if (path.includes('/logs')) {
      outgoing.end(frame('stdout', container.lastLines ?? ''));
    } else if (path.includes('/events') && container.events !== undefined) {
      container.events(outgoing, incoming);
    } else {
      outgoing.writeHead(500).end(JSON.stringify({ message: `nothing to say on ${path}` }));
    }
  }, use);
}

/** A message as an engine sends it without a terminal. */
export function frame(stream: 'stdout' | 'stderr' | 'engine', text: string | Buffer): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(8);
  header.writeUInt8({ stdout: 1, stderr: 2, engine: 3 }[stream], 0);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

/** A line with the engine's instant before it, now or when it is said to have been written. */
export function stamped(text: string, at = Date.now()): string {
  return `${new Date(at).toISOString().replace('Z', '000000Z')} ${text}`;
}
