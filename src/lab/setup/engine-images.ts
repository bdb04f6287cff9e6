import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { createContainer, removeContainer } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { commitContainer, importImage, replaceImage, tagImage } from '../engine/images.ts';
import { labImageReference, labImageRepository, labImageTag } from '../images/lab-images.ts';
import { labelsFor, recipeLabel, standInLabel } from '../labels.ts';
import { borrowImage, hubImages } from './hub.ts';
import { engineRecipeHash, makeEngineRootFileSystem } from './recipes/engine-root-file-system.ts';
import { recipeHash } from './recipes/recipe-hash.ts';
import type { Work } from './run-command.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

/** Where the lab's images come from. */
export type ImageSource = 'hub' | 'stand-ins';

export function engineRecipe(source: ImageSource): string {
  return source === 'hub' ? recipeHash({ hubImages }) : engineRecipeHash(process.arch);
}

/** Puts the engine and the registry image into the user's engine, under the lab's own names. */
export async function makeEngineImages(host: Engine, source: ImageSource, clock: Clock, work: Work): Promise<void> {
  const changes = labelChanges(engineRecipe(source), source);
  if (source === 'hub') {
    for (const role of ['engine', 'registry'] as const) {
      await borrowImage(host, hubImages[role], clock, work, (reference) => relabel(host, reference, role, changes));
    }
    return;
  }
  await withTemporaryFolder('engine', async (folder) => {
    const tar = join(folder, 'engine.tar');
    await makeEngineRootFileSystem(tar, work);
    work.onProgress('importing the engine image');
    const engine = labImageReference('engine');
    await replaceImage(host, engine, async () => {
      await importImage(host, createReadStream(tar), labImageRepository('engine'), labImageTag, changes);
      await tagImage(host, engine, labImageRepository('registry'), labImageTag);
    });
  });
}

export function labelChanges(recipe: string, source: ImageSource): string[] {
  return [`LABEL ${recipeLabel}=${recipe}`, `LABEL ${standInLabel}=${source === 'stand-ins' ? 'yes' : 'no'}`];
}

/** An image cannot be given labels; a commit of a container that never ran is the same image with labels. */
async function relabel(
  host: Engine,
  reference: string,
  role: 'engine' | 'registry',
  changes: readonly string[],
): Promise<void> {
  const id = await createContainer(
    host,
    { Image: reference, Labels: { ...labelsFor('setup', 'relabel') } },
    'NODE_NOT_STARTED',
  );
  try {
    await replaceImage(host, labImageReference(role), () =>
      commitContainer(host, id, labImageRepository(role), labImageTag, changes),
    );
  } finally {
    await removeContainer(host, id);
  }
}
