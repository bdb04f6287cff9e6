import { Listr, type ListrTask } from 'listr2';
import { monotonicClock } from '../clock.ts';
import type { Engine } from '../lab/engine/engine.ts';
import { type ImageSource, makeEngineImages } from '../lab/setup/engine-images.ts';
import { makeMirrorImage, mirrorRecipe } from '../lab/setup/mirror-image.ts';
import { makeContexts } from '../lab/setup/recipes/base-images/contexts.ts';
import { standIns } from '../lab/setup/recipes/base-images/stand-ins.ts';
import type { Work } from '../lab/setup/run-command.ts';
import { withTemporaryFolder } from '../lab/setup/temporary-folder.ts';
import { safeLine } from '../report/safe-text.ts';
import type { Io } from './io.ts';

const heartbeatMs = 15_000;

/** Makes the lab's images; the two root file systems at the same time, since each keeps one core busy. */
export async function makeImages(host: Engine, source: ImageSource, io: Io): Promise<void> {
  await withTemporaryFolder('images', async (folder) => {
    const contexts = source === 'hub' ? null : folder;
    const parts = [
      step(io, "the lab's engine and registry", (work) => makeEngineImages(host, source, monotonicClock, work)),
      ...(contexts === null
        ? []
        : [step(io, 'what the base images are made of', (work) => makeContexts(contexts, process.arch, io.env, work))]),
    ];
    const mirror = step(io, 'the mirror with the base images', async (work) => {
      await makeMirrorImage(host, contexts, await mirrorRecipe(source, io.env), monotonicClock, work);
    });
    // Written to stderr by the renderer itself on a terminal; elsewhere a line a step, with a heartbeat.
    const renderer = io.errIsTerminal ? 'default' : 'silent';
    const all: ListrTask[] = [{ task: (_, task) => task.newListr(parts, { concurrent: true }) }, mirror];
    await new Listr(all, { renderer, registerSignalListeners: false }).run();
    if (contexts !== null) tellDifferences(io);
  });
}

/** What a person should know before comparing anything with official images. */
function tellDifferences(io: Io): void {
  for (const { image, differences } of standIns) io.err(`  stand-in for ${image}: ${differences.join('; ')}\n`);
}

/** One step of the set-up as a Listr task. */
function step(io: Io, title: string, work: (work: Work) => Promise<void>): ListrTask {
  return {
    title,
    task: async (_, task) => {
      if (!io.errIsTerminal) return await withHeartbeat(io, title, work);
      await work({
        signal: io.interrupted,
        onProgress: (text) => {
          task.output = safeLine(text);
        },
      });
    },
  };
}

/** Does the work with a line at its start, one at its end, and every now and then what it is at. */
export async function withHeartbeat(io: Io, title: string, work: (work: Work) => Promise<void>): Promise<void> {
  const began = monotonicClock.now();
  const seconds = (): string => `${Math.round((monotonicClock.now() - began) / 1000)} s`;
  let doing = '';
  io.err(`  ${title} …\n`);
  const timer = setInterval(() => io.err(`  … ${title}, ${seconds()}: ${safeLine(doing)}\n`), heartbeatMs);
  try {
    await work({
      signal: io.interrupted,
      onProgress: (text) => {
        doing = text;
      },
    });
    io.err(`✔ ${title} (${seconds()})\n`);
  } finally {
    clearInterval(timer);
  }
}
