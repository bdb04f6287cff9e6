import type { Clock } from '../../clock.ts';
import type { Engine } from '../engine/engine.ts';
import { inspectImage, removeImage } from '../engine/images.ts';
import { streamMessages } from '../engine/stream-messages.ts';
import { pullImage } from '../engine/transfer-image.ts';
import type { Work } from './run-command.ts';

/** The public images of the lab's own roles. */
export const hubImages = {
  engine: { repository: 'docker', tag: '29-dind' },
  registry: { repository: 'registry', tag: '2' },
} as const;

/** A closed network may drop packets without a word; an engine would go on trying for minutes. */
const firstWordWithinMs = 20_000;

/** Whether Docker Hub lets the engine have the lab's smallest public image. What was pulled for the question is taken away again. */
export async function hubAnswers(engine: Engine, clock: Clock, work: Work): Promise<boolean> {
  const { repository, tag } = hubImages.registry;
  const had = (await inspectImage(engine, `${repository}:${tag}`)) !== null;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), firstWordWithinMs);
  const signal = AbortSignal.any([work.signal, silence.signal]);
  const request = { path: '/images/create', query: { fromImage: repository, tag }, signal };
  try {
    for await (const message of streamMessages(engine, request, clock)) {
      clearTimeout(timer);
      if ('errorDetail' in message.body || 'error' in message.body) return false;
    }
    if (!had) await removeImage(engine, `${repository}:${tag}`);
    return true;
  } catch {
    work.signal.throwIfAborted();
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Pulls a public image, lets `use` have it, and takes it away again where the user did not have it before. */
export async function borrowImage(
  engine: Engine,
  image: { readonly repository: string; readonly tag: string },
  clock: Clock,
  work: Work,
  use: (reference: string) => Promise<void>,
): Promise<void> {
  const reference = `${image.repository}:${image.tag}`;
  const had = (await inspectImage(engine, reference)) !== null;
  work.onProgress(`pulling ${reference}`);
  await pullImage(engine, image.repository, image.tag, clock, work.signal);
  try {
    await use(reference);
  } finally {
    if (!had) await removeImage(engine, reference);
  }
}
