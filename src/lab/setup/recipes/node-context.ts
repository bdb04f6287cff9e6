import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, type Work } from '../run-command.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { readCaBundle } from './ca-bundle.ts';
import { debianIngredients } from './debian-root-file-system.ts';
import { baseTar, caBundleFile, nodeDockerfile, nodeFolder, nodeStandIns } from './node-dockerfiles.ts';
import { layOutNodeJs, nodeVersions } from './node-js-files.ts';
import { makeNodeRootFileSystem, nodeBaseRecipe } from './node-root-file-system.ts';
import { recipeHash } from './recipe-hash.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Writes the build context of both Node stand-ins to the tar file `output`: the base, Node.js, the machine's certificate
 * authorities and one Dockerfile for each of `nodeStandIns`. About 25 s, 190 MB.
 * @param architecture as Node names it: `x64`, `arm64`
 * @throws DeployclockError LAB_IMAGE_MISSING, INSTALL_FAILED
 */
export async function makeNodeContext(
  output: string,
  architecture: string,
  env: Environment,
  work: Work,
): Promise<void> {
  await withTemporaryFolder('context', async (folder) => {
    const caBundle = await readCaBundle(env);
    await makeNodeRootFileSystem(join(folder, baseTar), work);
    await mkdir(join(folder, nodeFolder));
    await layOutNodeJs(join(folder, nodeFolder), architecture, work);
    if (caBundle !== null) await writeFile(join(folder, caBundleFile), caBundle);
    for (const { image, dockerfile } of nodeStandIns) {
      await writeFile(join(folder, dockerfile), nodeDockerfile(image, caBundle !== null));
    }
    const asRoot = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];
    await runCommand('tar', [...asRoot, '-C', folder, '-cf', output, '.'], work);
  });
}

/** @param architecture as Node names it: `x64`, `arm64` */
export async function nodeRecipeHash(architecture: string, env: Environment): Promise<string> {
  const caBundle = await readCaBundle(env);
  const dockerfiles = nodeStandIns.map(({ image }) => nodeDockerfile(image, caBundle !== null));
  return recipeHash({ architecture, debian: debianIngredients(nodeBaseRecipe), nodeVersions, caBundle, dockerfiles });
}
