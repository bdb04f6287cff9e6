import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Clock } from '../../clock.ts';
import { DeployclockError, messageOf } from '../../errors.ts';
import { BuildFailure, buildImage } from '../engine/build-image.ts';
import type { Engine } from '../engine/engine.ts';
import { commitContainer, replaceImage } from '../engine/images.ts';
import { pullImage } from '../engine/transfer-image.ts';
import { findLabImage, labImageReference, labImageRepository, labImageTag } from '../images/lab-images.ts';
import { openLab } from '../lab.ts';
import { parseImageReference } from '../mirror/image-reference.ts';
import { openSupplier, type Supplier } from '../mirror/supply-base-images.ts';
import { type ImageSource, labelChanges } from './engine-images.ts';
import { contextTar, standInsHash } from './recipes/base-images/contexts.ts';
import { standIns } from './recipes/base-images/stand-ins.ts';
import { recipeHash } from './recipes/recipe-hash.ts';
import { relay } from './relay.ts';
import type { Work } from './run-command.ts';

/** The mirror has these before any run, by the same names from either source. Those of the bundled scenarios are among them. */
const baseImages = standIns.map(({ image }) => image);

export async function mirrorRecipe(
  source: ImageSource,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  return source === 'hub' ? recipeHash({ baseImages }) : await standInsHash(process.arch, env);
}

/**
 * Makes the mirror's image: a registry, run in a lab of its own, is given the base images by a node, and is committed with them. The user's engine
 * never holds the base images themselves, nor what building them leaves in a cache.
 * @param contexts folder with the build contexts of the stand-ins; null where the images come from Docker Hub
 */
export async function makeMirrorImage(
  host: Engine,
  contexts: string | null,
  recipe: string,
  clock: Clock,
  work: Work,
): Promise<void> {
  const [engine, registry] = await Promise.all([findLabImage(host, 'engine'), findLabImage(host, 'registry')]);
  if (engine === null || registry === null) {
    throw new DeployclockError('LAB_IMAGE_MISSING', 'The engine image has to be made before the mirror.');
  }
  // Unlike a run's id it has no time in it: only its label matters, and that it ends with this process.
  const runId = `setup-${createHash('sha256').update(`${process.pid}`).digest('hex').slice(0, 8)}`;
  const lab = await openLab(host, { engine, registry, mirror: registry }, runId, work.signal);
  try {
    const supplier = await openSupplier(lab, clock, work.signal);
    try {
      await relay(
        baseImages,
        async (image) => {
          if (contexts === null) await fetchFromHub(supplier, image, clock, work);
          else await buildStandIn(supplier, image, await readFile(contextTar(contexts, image)), clock, work);
        },
        async (image) => {
          work.onProgress(`handing ${image} to the mirror`);
          await supplier.deliver(image);
        },
      );
    } finally {
      await supplier.close();
    }
    work.onProgress('keeping the mirror as an image');
    const source = contexts === null ? 'hub' : 'stand-ins';
    const changes = labelChanges(recipe, source);
    await replaceImage(host, labImageReference('mirror'), () =>
      commitContainer(host, lab.mirror.containerId, labImageRepository('mirror'), labImageTag, changes),
    );
  } finally {
    await lab.close();
  }
}

async function fetchFromHub(supplier: Supplier, image: string, clock: Clock, work: Work): Promise<void> {
  work.onProgress(`pulling ${image}`);
  const { repository, reference } = parseImageReference(image);
  await pullImage(supplier.node.engine, repository, reference, clock, work.signal);
}

async function buildStandIn(supplier: Supplier, image: string, tar: Buffer, clock: Clock, work: Work): Promise<void> {
  work.onProgress(`building a stand-in for ${image}`);
  try {
    await buildImage(
      supplier.node.engine,
      { tar, dockerfile: 'Dockerfile', tag: image, target: null, buildArgs: {} },
      clock,
      work.signal,
      () => undefined,
    );
  } catch (thrown) {
    work.signal.throwIfAborted();
    if (!(thrown instanceof BuildFailure)) throw thrown;
    throw new DeployclockError(
      'LAB_IMAGE_MISSING',
      `The stand-in for ${image} could not be built: ${messageOf(thrown)}`,
      {
        hint: 'Its packages come over the network: check that containers on this machine reach the Debian archive.',
        cause: thrown,
      },
    );
  }
}
