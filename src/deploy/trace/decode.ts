import protobuf from 'protobufjs';
import type { StreamMessage } from '../../lab/engine/stream-messages.ts';

/** BuildKit's StatusResponse, the fields that timing needs: buildkit api/services/control/control.proto. */
const definition = `
syntax = "proto3";
message Timestamp { int64 seconds = 1; int32 nanos = 2; }
message Vertex {
  string digest = 1; repeated string inputs = 2; string name = 3; bool cached = 4;
  Timestamp started = 5; Timestamp completed = 6; string error = 7;
}
message VertexStatus {
  string ID = 1; string vertex = 2; string name = 3; int64 current = 4; int64 total = 5;
  Timestamp timestamp = 6; Timestamp started = 7; Timestamp completed = 8;
}
message VertexLog { string vertex = 1; Timestamp timestamp = 2; int64 stream = 3; bytes msg = 4; }
message StatusResponse { repeated Vertex vertexes = 1; repeated VertexStatus statuses = 2; repeated VertexLog logs = 3; }
`;
const statusResponse = protobuf.parse(definition).root.lookupType('StatusResponse');

/** A vertex as one message told of it. Times are the engine's wall clock in milliseconds, null where not reached. */
export interface VertexReport {
  readonly digest: string;
  readonly inputs: readonly string[];
  readonly name: string;
  readonly cached: boolean;
  readonly started: number | null;
  readonly completed: number | null;
  readonly error: string;
}

export interface TraceEvent {
  /** When the message arrived, on our monotonic clock. */
  readonly at: number;
  readonly vertexes: readonly VertexReport[];
  readonly statuses: readonly StatusReport[];
  readonly logs: readonly { readonly vertex: string; readonly text: string }[];
}

/** A part of a vertex that has a name and a time of its own, as one message told of it. */
interface StatusReport {
  readonly vertex: string;
  readonly name: string;
  readonly started: number | null;
  readonly completed: number | null;
}

interface RawTimestamp {
  readonly seconds: number;
  readonly nanos: number;
}
interface RawStatus {
  readonly vertexes: readonly {
    digest: string;
    inputs: string[];
    name: string;
    cached: boolean;
    started: RawTimestamp | null;
    completed: RawTimestamp | null;
    error: string;
  }[];
  readonly statuses: readonly {
    ID: string;
    vertex: string;
    started: RawTimestamp | null;
    completed: RawTimestamp | null;
  }[];
  readonly logs: readonly { vertex: string; msg: Uint8Array }[];
}

/** The build trace among an engine's messages; the others are skipped. */
export function decodeTrace(messages: readonly StreamMessage[]): TraceEvent[] {
  return messages.flatMap((message) => {
    const { id, aux } = message.body;
    if (id !== 'moby.buildkit.trace' || typeof aux !== 'string') return [];
    const raw = statusResponse.toObject(statusResponse.decode(Buffer.from(aux, 'base64')), {
      longs: Number,
      defaults: true,
      arrays: true,
    }) as RawStatus;
    return [
      {
        at: message.at,
        vertexes: raw.vertexes.map((vertex) => ({
          ...vertex,
          started: toMilliseconds(vertex.started),
          completed: toMilliseconds(vertex.completed),
        })),
        // What the protocol calls the name is the vertex's own; the part's is its ID: buildkit util/progress.
        statuses: raw.statuses.map(({ ID, vertex, started, completed }) => ({
          vertex,
          name: ID,
          started: toMilliseconds(started),
          completed: toMilliseconds(completed),
        })),
        logs: raw.logs.map((log) => ({ vertex: log.vertex, text: Buffer.from(log.msg).toString('utf8') })),
      },
    ];
  });
}

function toMilliseconds(timestamp: RawTimestamp | null): number | null {
  return timestamp === null ? null : timestamp.seconds * 1000 + timestamp.nanos / 1e6;
}
