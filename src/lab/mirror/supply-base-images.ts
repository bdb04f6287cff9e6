import type { Clock } from '../../clock.ts';
import { DeployclockError, messageOf } from '../../errors.ts';
import type { LinkProfile } from '../../scenario/scenario.ts';
import { milliseconds } from '../../units.ts';
import { inspectImage, tagImage } from '../engine/images.ts';
import { readToEnd } from '../engine/read-to-end.ts';
import { pullImage, pushImage } from '../engine/transfer-image.ts';
import type { Lab } from '../lab.ts';
import { openLink } from '../link/link.ts';
import { type Node, startNode } from '../nodes/node.ts';
import { readManifest } from '../registry/manifest.ts';
import { parseImageReference } from './image-reference.ts';

const unshaped: LinkProfile = { label: 'unshaped', rate: null, roundTrip: milliseconds(0) };

/** A node that can write to the mirror; it brings in base images and is gone before anything is timed. */
export interface Supplier {
  readonly node: Node;
  /** Sends an image that the node holds to the mirror under its own name. */
  readonly deliver: (reference: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openSupplier(lab: Lab, clock: Clock, signal: AbortSignal): Promise<Supplier> {
  const link = await openLink(unshaped, lab.network.gateway, lab.mirror, clock);
  const { runId, images, network, privileges } = lab;
  try {
    const node = await startNode(
      lab.host,
      {
        runId,
        name: 'supplier',
        image: images.engine.image,
        network,
        privileges,
        registries: [link.address],
        mirror: null,
      },
      signal,
    );
    return {
      node,
      deliver: async (reference) => {
        const { repository, reference: tag } = parseImageReference(reference);
        await tagImage(node.engine, reference, `${link.address}/${repository}`, tag);
        await pushImage(node.engine, `${link.address}/${repository}`, tag, clock, signal);
      },
      close: async () => {
        await node.close();
        await link.close();
      },
    };
  } catch (thrown) {
    await link.close();
    throw thrown;
  }
}

/**
 * Whether the mirror can hold this image. Not those of other registries, which engines never ask a mirror for; nor those pinned by digest,
 * because an engine that passes an image on writes a manifest of its own, with another digest.
 */
export function mirrorCanHold(written: string): boolean {
  const { registry, reference } = parseImageReference(written);
  return registry === null && !reference.includes(':');
}

/** Base images that the mirror could hold and lacks. */
export async function missingBaseImages(lab: Lab, references: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const written of references.filter(mirrorCanHold)) {
    const { repository, reference } = parseImageReference(written);
    if ((await readManifest(lab.mirror, repository, reference)) === null) missing.push(written);
  }
  return missing;
}

/**
 * Puts the missing base images into the mirror: from the user's engine where it has them, otherwise from Docker Hub.
 * @throws DeployclockError BASE_IMAGE_MISSING naming the image and what uses it
 */
export async function supplyBaseImages(
  lab: Lab,
  missing: readonly { readonly reference: string; readonly usedBy: string }[],
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (missing.length === 0) return;
  const supplier = await openSupplier(lab, clock, signal);
  try {
    for (const { reference, usedBy } of missing) {
      await fetchBaseImage(lab, supplier.node, reference, usedBy, clock, signal);
      await supplier.deliver(reference);
    }
  } finally {
    await supplier.close();
  }
}

async function fetchBaseImage(
  lab: Lab,
  node: Node,
  written: string,
  usedBy: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if ((await inspectImage(lab.host, written)) !== null) {
    const archive = await lab.host.docker.getImage(written).get();
    const loading = await node.engine.docker.loadImage(archive);
    await readToEnd(loading, `handing ${written} to the mirror`);
    return;
  }
  const { repository, reference } = parseImageReference(written);
  try {
    await pullImage(node.engine, repository, reference, clock, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    throw new DeployclockError(
      'BASE_IMAGE_MISSING',
      `The base image ${written} of ${usedBy} is neither in the lab's mirror nor on your engine, and Docker Hub did not give it: ${messageOf(thrown)}`,
      { hint: `Check the name, or \`docker pull ${written}\` and run the same command again.`, cause: thrown },
    );
  }
}
