import type { Engine } from './engine.ts';
import { type EngineInstant, parseEngineInstant } from './engine-clock.ts';
import { engineError } from './engine-error.ts';

/**
 * When a container's process ended, on the engine's clock; null while it runs. Engines tell of an end some time after it, when they have
 * tidied up, and not all at the same step (moby daemon/monitor.go: before the network was released in 20.10, after it today).
 * @throws DeployclockError ENGINE_REQUEST_FAILED; what `signal` was aborted with
 */
export async function inspectEnd(
  engine: Engine,
  containerId: string,
  signal: AbortSignal,
): Promise<EngineInstant | null> {
  try {
    const { State } = await engine.docker.getContainer(containerId).inspect({ abortSignal: signal });
    return parseEngineInstant(State.FinishedAt);
  } catch (thrown) {
    signal.throwIfAborted();
    throw engineError('ENGINE_REQUEST_FAILED', 'asking when the container ended', thrown);
  }
}
