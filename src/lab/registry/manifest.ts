import { z } from 'zod';
import { DeployclockError } from '../../errors.ts';
import { type Bytes, bytes } from '../../units.ts';
import type { Registry } from './registry.ts';

const descriptor = z.object({ digest: z.string(), size: z.number().int() });
const manifestSchema = z.object({ config: descriptor, layers: z.array(descriptor) });

export interface Manifest {
  readonly configDigest: string;
  readonly layers: readonly { readonly digest: string; readonly size: Bytes }[];
  /** Compressed layers and the configuration: what a machine that has nothing must fetch. */
  readonly wireBytes: Bytes;
}

/** Image manifests, in Docker's and the OCI's spelling. */
export const manifestTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
] as const;

/** Reads a manifest's JSON; null where it is none. */
export function parseManifest(body: unknown): Manifest | null {
  const parsed = manifestSchema.safeParse(body);
  if (!parsed.success) return null;
  const { config, layers } = parsed.data;
  return {
    configDigest: config.digest,
    layers: layers.map((layer) => ({ digest: layer.digest, size: bytes(layer.size) })),
    wireBytes: bytes(layers.reduce((sum, layer) => sum + layer.size, config.size)),
  };
}

/**
 * Reads a manifest straight from the lab's registry, beside the link. Null where the registry does not have it. An index is not asked for:
 * the lab's builds push single images.
 */
export async function readManifest(
  registry: Registry,
  repository: string,
  reference: string,
): Promise<Manifest | null> {
  const url = `http://${registry.host}:${registry.port}/v2/${repository}/manifests/${reference}`;
  const answer = await fetch(url, { headers: { accept: manifestTypes.join(', ') } });
  if (answer.status === 404) {
    await answer.body?.cancel();
    return null;
  }
  const manifest = parseManifest(await answer.json());
  if (!answer.ok || manifest === null) {
    throw new DeployclockError('LAB_FAILED', `The registry's manifest of ${repository}:${reference} cannot be read.`);
  }
  return manifest;
}

/** Names of the repositories that the registry holds. */
export async function listRepositories(registry: Registry): Promise<string[]> {
  const answer = await fetch(`http://${registry.host}:${registry.port}/v2/_catalog`);
  const parsed = z.object({ repositories: z.array(z.string()).nullable() }).parse(await answer.json());
  return parsed.repositories ?? [];
}
