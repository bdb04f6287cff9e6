import { join } from 'node:path';
import { Listr, type ListrTask } from 'listr2';
import { monotonicClock } from '../clock.ts';
import type { Engine } from '../lab/engine/engine.ts';
import { type ImageSource, makeEngineImages } from '../lab/setup/engine-images.ts';
import { makeMirrorImage, mirrorRecipe } from '../lab/setup/mirror-image.ts';
import { makeNodeContext } from '../lab/setup/recipes/node-context.ts';
import type { Work } from '../lab/setup/run-command.ts';
import { withTemporaryFolder } from '../lab/setup/temporary-folder.ts';
import { safeLine } from '../report/safe-text.ts';
import type { Io } from './io.ts';

const heartbeatMs = 15_000;

/** Makes the lab's images; the two root file systems at the same time, since each keeps one core busy. */
export async function makeImages(host: Engine, source: ImageSource, io: Io): Promise<void> {
  await withTemporaryFolder('images', async (folder) => {
    const context = source === 'hub' ? null : join(folder, 'context.tar');
    const parts = [
      step(io, "the lab's engine and registry", (work) => makeEngineImages(host, source, monotonicClock, work)),
      ...(context === null
        ? []
        : [
            step(io, 'what the Node base images are made of', (work) =>
              makeNodeContext(context, process.arch, io.env, work),
            ),
          ]),
    ];
    const mirror = step(io, "the mirror with the scenarios' base images", async (work) => {
      await makeMirrorImage(host, context, await mirrorRecipe(source, io.env), monotonicClock, work);
    });
    // Written to stderr by the renderer itself on a terminal; elsewhere a line a step, with a heartbeat.
    const renderer = io.errIsTerminal ? 'default' : 'silent';
    const all: ListrTask[] = [{ task: (_, task) => task.newListr(parts, { concurrent: true }) }, mirror];
    await new Listr(all, { renderer, registerSignalListeners: false }).run();
  });
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
