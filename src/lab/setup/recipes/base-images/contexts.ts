import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Work } from '../../run-command.ts';
import { readCaBundle } from '../ca-bundle.ts';
import { debianIngredients } from '../debian-root-file-system.ts';
import { layOutNodeJs, nodeVersions } from '../node-js-files.ts';
import { recipeHash } from '../recipe-hash.ts';
import { bookwormRecipe, makeBookwormRootFileSystem } from './debian.ts';
import { packContext, textsOf } from './pack-context.ts';
import { nodeFolder, rootFileSystemTar, type StandIn } from './stand-in.ts';
import { standIns } from './stand-ins.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The archive of a stand-in's build context among those that `makeContexts` leaves in `folder`. */
export function contextTar(folder: string, image: StandIn['image']): string {
  return join(folder, `${image.replace(':', '-')}.tar`);
}

/**
 * Leaves the build context of every stand-in in `folder`: an archive each, with a file `Dockerfile`. About 25 s, 300 MB.
 * @param architecture as Node names it: `x64`, `arm64`
 * @throws DeployclockError LAB_IMAGE_MISSING, INSTALL_FAILED
 */
export async function makeContexts(folder: string, architecture: string, env: Environment, work: Work): Promise<void> {
  const caBundle = await readCaBundle(env);
  const parts = join(folder, 'parts');
  await mkdir(join(parts, nodeFolder), { recursive: true });
  await makeBookwormRootFileSystem(join(parts, rootFileSystemTar), work);
  await layOutNodeJs(join(parts, nodeFolder), architecture, work);
  for (const standIn of standIns) {
    await packContext(standIn, parts, caBundle, contextTar(folder, standIn.image), work);
  }
  await rm(parts, { recursive: true });
}

/** Everything that shapes the stand-ins. @param architecture as Node names it: `x64`, `arm64` */
export async function standInsHash(architecture: string, env: Environment): Promise<string> {
  const caBundle = await readCaBundle(env);
  const texts = standIns.map((standIn) => ({ [standIn.image]: textsOf(standIn, caBundle) }));
  return recipeHash({ architecture, debian: debianIngredients(bookwormRecipe), nodeVersions, caBundle, texts });
}
