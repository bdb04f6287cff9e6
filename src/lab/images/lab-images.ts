import { DeployclockError } from '../../errors.ts';
import type { LabImage } from '../../results/run-record.ts';
import type { Engine } from '../engine/engine.ts';
import { inspectImage } from '../engine/images.ts';
import { recipeLabel, standInLabel } from '../labels.ts';

/** The images that the lab is made of; they are the only ones that stay in the user's engine. */
export const labImageRoles = ['engine', 'registry', 'mirror'] as const;
export type LabImageRole = (typeof labImageRoles)[number];

export type LabImages = Readonly<Record<LabImageRole, LabImage>>;

export const labImageTag = 'lab';

export function labImageRepository(role: LabImageRole): string {
  return `deployclock/${role}`;
}

export function labImageReference(role: LabImageRole): string {
  return `${labImageRepository(role)}:${labImageTag}`;
}

export interface PreparedImage extends LabImage {
  /** Hash of the recipe that made it. */
  readonly recipe: string | null;
}

/** The lab's image for a role as the engine has it, or null. */
export async function findLabImage(host: Engine, role: LabImageRole): Promise<PreparedImage | null> {
  const image = labImageReference(role);
  const facts = await inspectImage(host, image);
  if (facts === null) return null;
  return {
    role,
    image,
    id: facts.id,
    standIn: facts.labels[standInLabel] === 'yes',
    recipe: facts.labels[recipeLabel] ?? null,
  };
}

/** @throws DeployclockError LAB_IMAGE_MISSING where the machine was not prepared */
export async function requireLabImages(host: Engine): Promise<LabImages> {
  const present = async (role: LabImageRole): Promise<LabImage> => {
    const found = await findLabImage(host, role);
    if (found === null) {
      throw new DeployclockError(
        'LAB_IMAGE_MISSING',
        `The lab's ${role} image is not on this engine: the machine is not set up.`,
      );
    }
    const { recipe: _, ...image } = found;
    return image;
  };
  return { engine: await present('engine'), registry: await present('registry'), mirror: await present('mirror') };
}
