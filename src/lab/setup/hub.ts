import type { Clock } from '../../clock.ts';
import type { Engine } from '../engine/engine.ts';
import { inspectImage, removeImage } from '../engine/images.ts';
import { pullImage } from '../engine/transfer-image.ts';
import type { Work } from './run-command.ts';

/** The public images of the lab's own roles. */
export const hubImages = {
  engine: { repository: 'docker', tag: '29-dind' },
  registry: { repository: 'registry', tag: '2' },
} as const;

/** A closed network may drop packets without a word; an engine would go on trying for minutes. */
const answerWithinMs = 20_000;

/** Whether Docker Hub lets the engine see the lab's smallest public image. Nothing is pulled for the question. */
export async function hubAnswers(engine: Engine, signal: AbortSignal): Promise<boolean> {
  const { repository, tag } = hubImages.registry;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]);
  const asked = engine.docker
    .getImage(`${repository}:${tag}`)
    .distribution()
    .then(
      () => true,
      () => false,
    );
  const silent = new Promise<boolean>((resolve) =>
    limited.addEventListener('abort', () => resolve(false), { once: true }),
  );
  const answer = await Promise.race([asked, silent]);
  signal.throwIfAborted();
  return answer;
}

/** Lets `use` have a public image: the user's own where there is one, otherwise one that is pulled and taken away again. */
export async function borrowImage(
  engine: Engine,
  image: { readonly repository: string; readonly tag: string },
  clock: Clock,
  work: Work,
  use: (reference: string) => Promise<void>,
): Promise<void> {
  const reference = `${image.repository}:${image.tag}`;
  const had = (await inspectImage(engine, reference)) !== null;
  if (!had) {
    work.onProgress(`pulling ${reference}`);
    await pullImage(engine, image.repository, image.tag, clock, work.signal);
  }
  try {
    await use(reference);
  } finally {
    if (!had) await removeImage(engine, reference);
  }
}
