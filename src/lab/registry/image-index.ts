import { z } from 'zod';
import { asDigest, type Digest } from '../../units.ts';

/** Indexes of images for several platforms, in Docker's and the OCI's spelling. */
export const indexTypes = [
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.index.v1+json',
] as const;

const indexSchema = z.object({
  manifests: z.array(
    z.object({
      digest: z.string(),
      platform: z.object({ os: z.string(), architecture: z.string() }).optional(),
    }),
  ),
});

/** Node's names of architectures, where they are not the images' own. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

/**
 * The digest of the Linux image for `architecture` (as Node names it) in an index; attestations bear the platform `unknown`. A lone image
 * needs no platform.
 * @returns null where the body is no index, or has no such image
 */
export function imageInIndex(body: unknown, architecture: string): Digest | null {
  const parsed = indexSchema.safeParse(body);
  if (!parsed.success) return null;
  const { manifests } = parsed.data;
  const wanted = architectures[architecture] ?? architecture;
  const found = manifests.find(({ platform }) => platform?.os === 'linux' && platform.architecture === wanted);
  const lone = manifests.length === 1 && manifests[0]?.platform === undefined ? manifests[0] : undefined;
  return asDigest((found ?? lone)?.digest);
}
