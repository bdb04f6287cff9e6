import type { Engine } from '../engine/engine.ts';
import { engineError } from '../engine/engine-error.ts';

/** What an engine of somebody else's already holds: it bears on how cold a deploy can have been, and on what runs beside it. */
export interface ExistingState {
  readonly images: number;
  readonly containers: number;
  readonly running: number;
}

/** One request to the engine. The images are those with a name and the layers of a build in between. */
export async function existingState(engine: Engine): Promise<ExistingState> {
  try {
    const info: Record<string, unknown> = await engine.docker.info();
    return {
      images: Number(info.Images),
      containers: Number(info.Containers),
      running: Number(info.ContainersRunning),
    };
  } catch (thrown) {
    throw engineError('ENGINE_REQUEST_FAILED', 'looking at what the server holds', thrown);
  }
}
