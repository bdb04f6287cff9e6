import type { Engine } from './engine.ts';
import { engineError, statusCodeOf } from './engine-error.ts';

/** Removes a volume that no container uses any more. An absent one is no error. */
export async function removeVolume(engine: Engine, name: string): Promise<void> {
  try {
    await engine.docker.getVolume(name).remove();
  } catch (thrown) {
    if (statusCodeOf(thrown) !== 404) throw engineError('ENGINE_REQUEST_FAILED', `removing volume ${name}`, thrown);
  }
}
