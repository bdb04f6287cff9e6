import { z } from 'zod';
import { DeployclockError } from '../../errors.ts';
import type { Bytes } from '../../units.ts';
import { listRepositories, readManifest } from '../registry/manifest.ts';
import type { Registry } from '../registry/registry.ts';

/** A blob that is big enough to say how fast it came. */
export interface ProbeBlob {
  /** `/v2/<repository>/blobs/<digest>` */
  readonly path: string;
  readonly size: Bytes;
}

/**
 * The biggest layer of all images in a registry of the lab.
 * @throws DeployclockError LAB_FAILED where it holds none
 */
export async function findProbeBlob(registry: Registry): Promise<ProbeBlob> {
  const blobs: ProbeBlob[] = [];
  for (const repository of await listRepositories(registry)) {
    for (const tag of await listTags(registry, repository)) {
      const manifest = await readManifest(registry, repository, tag);
      for (const { digest, size } of manifest?.layers ?? [])
        blobs.push({ path: `/v2/${repository}/blobs/${digest}`, size });
    }
  }
  const [biggest] = blobs.toSorted((left, right) => right.size - left.size);
  if (biggest !== undefined) return biggest;
  throw new DeployclockError('LAB_FAILED', "The lab's mirror holds no image, so no link can be probed.", {
    hint: 'deployclock setup',
  });
}

const tagsSchema = z.object({ tags: z.array(z.string()).nullable() });

async function listTags({ host, port }: Registry, repository: string): Promise<string[]> {
  const answer = await fetch(`http://${host}:${port}/v2/${repository}/tags/list`);
  // A repository whose images were all deleted has no tags, and answers 404 to that.
  const parsed = tagsSchema.safeParse(await answer.json());
  return parsed.success ? (parsed.data.tags ?? []) : [];
}
