import type { Socket } from 'node:net';
import type { Engine } from '../engine/engine.ts';

/** Where releases run: a node of the lab, or an engine that was there before. */
export interface Server {
  readonly sort: 'node' | 'existing';
  readonly name: string;
  readonly engine: Engine;
  /** How an app's port is published there; null where it is reached inside the server and needs no publishing. */
  readonly publish: (port: number, slot: AppSlot) => PublishedPort | null;
  /** The way to a port of a running app. Answered without asking the engine wherever that can be. */
  readonly endpoint: (containerId: string, port: number, slot: AppSlot) => Promise<AppEndpoint>;
  /** Runs a command beside the engine, for diagnosis only; null where that cannot be done. */
  readonly inspect: ((command: readonly string[]) => Promise<string>) | null;
  readonly close: () => Promise<void>;
}

/** Two apps can run side by side where the new one starts first; each has its own slot, and so its own name and port. */
export type AppSlot = 0 | 1;

interface PublishedPort {
  /** The port of the server on which the app's own is published. */
  readonly hostPort: number;
}

/** A way to a port of an app, as somebody outside has it. */
export interface AppEndpoint {
  /** For people: `10.1.2.3:3000`. */
  readonly label: string;
  /** `Host` header of requests. */
  readonly host: string;
  /** Opens a connection; rejects while it is refused. */
  readonly connect: (signal: AbortSignal) => Promise<Socket>;
  /** False where something else may accept a connection before the app listens (an engine's own proxy): then a connection proves nothing. */
  readonly direct: boolean;
}
