import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerCreateOptions } from 'dockerode';
import type { Engine } from './engine.ts';
import { engineError, statusCodeOf } from './engine-error.ts';

/** Whose failure it is when a container cannot be created or started: the app's or the lab's. */
type ContainerErrorCode = 'START_FAILED' | 'NODE_NOT_STARTED';

/**
 * Creates a container and answers its id; it is not started. Cannot be called off: an engine finishes a creation whose asker has
 * gone away, and nobody would know the id.
 * @throws DeployclockError `code`
 */
export async function createContainer(
  engine: Engine,
  options: ContainerCreateOptions,
  code: ContainerErrorCode,
): Promise<string> {
  try {
    return (await engine.docker.createContainer(options)).id;
  } catch (thrown) {
    throw engineError(code, `creating container ${options.name ?? options.Image ?? ''}`, thrown);
  }
}

export async function startContainer(
  engine: Engine,
  id: string,
  code: ContainerErrorCode,
  signal: AbortSignal,
): Promise<void> {
  try {
    await engine.docker.getContainer(id).start({ abortSignal: signal });
  } catch (thrown) {
    signal.throwIfAborted();
    throw engineError(code, 'starting the container', thrown);
  }
}

/** Asks the container to stop, kills it after `graceSeconds`, and returns when it has ended. */
export async function stopContainer(
  engine: Engine,
  id: string,
  graceSeconds: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await engine.docker.getContainer(id).stop({ t: graceSeconds, abortSignal: signal });
  } catch (thrown) {
    // 304: it had ended by itself.
    if (statusCodeOf(thrown) !== 304) throw engineError('ENGINE_REQUEST_FAILED', 'stopping the container', thrown);
  }
}

/** Removes the container and its anonymous volumes, running or not. An absent one is no error. */
export async function removeContainer(engine: Engine, id: string): Promise<void> {
  try {
    await engine.docker.getContainer(id).remove({ force: true, v: true });
  } catch (thrown) {
    const code = statusCodeOf(thrown);
    // 409: a removal is already under way, and what it uses is in use until it is over.
    if (code === 409) await waitUntilGone(engine, id);
    else if (code !== 404) throw engineError('ENGINE_REQUEST_FAILED', 'removing a container', thrown);
  }
}

async function waitUntilGone(engine: Engine, id: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    try {
      await engine.docker.getContainer(id).inspect();
    } catch (thrown) {
      if (statusCodeOf(thrown) === 404) return;
    }
    await sleep(100);
  }
}

/** Resolves with the exit code when the container ends; call it before the start so that no exit can be missed. */
export async function waitForExit(engine: Engine, id: string, signal: AbortSignal): Promise<number> {
  const answer = (await engine.docker.getContainer(id).wait({ condition: 'next-exit', abortSignal: signal })) as {
    StatusCode: number;
  };
  return answer.StatusCode;
}

export interface ContainerState {
  readonly running: boolean;
  readonly exitCode: number;
  readonly imageId: string;
  /** The address on each of its networks, by the network's name. */
  readonly addresses: Readonly<Record<string, string>>;
}

export async function inspectContainer(engine: Engine, id: string): Promise<ContainerState> {
  const container = await engine.docker.getContainer(id).inspect();
  const addresses = Object.entries(container.NetworkSettings.Networks).map(
    ([name, network]) => [name, network?.IPAddress ?? ''] as const,
  );
  return {
    running: container.State.Running,
    exitCode: container.State.ExitCode,
    imageId: container.Image,
    addresses: Object.fromEntries(addresses),
  };
}

/** The last `lines` lines that the container wrote to either stream. */
export async function lastLogLines(engine: Engine, id: string, lines: number): Promise<string> {
  const raw: unknown = await engine.docker.getContainer(id).logs({ stdout: true, stderr: true, tail: lines });
  return demultiplex(raw as Buffer).trimEnd();
}

/** Runs a command in a running container and answers what it wrote to either stream. */
export async function runInContainer(engine: Engine, id: string, command: readonly string[]): Promise<string> {
  const process = await engine.docker
    .getContainer(id)
    .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
  const stream = await process.start({ hijack: false, stdin: false });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return demultiplex(Buffer.concat(chunks));
}

/** Without a terminal the engine frames each chunk: one byte of stream, three of padding, four of length (big-endian). */
function demultiplex(framed: Buffer): string {
  const parts: Buffer[] = [];
  let at = 0;
  while (at + 8 <= framed.length) {
    const length = framed.readUInt32BE(at + 4);
    parts.push(framed.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Process id of a running container's first process, in its engine's namespace. */
export async function processId(engine: Engine, id: string): Promise<number> {
  return (await engine.docker.getContainer(id).inspect()).State.Pid;
}
