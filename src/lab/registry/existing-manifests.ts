import { createHash } from 'node:crypto';
import { DeployclockError } from '../../errors.ts';
import { asDigest } from '../../units.ts';
import { requireOurRepository } from '../our-repository.ts';
import { imageInIndex, indexTypes } from './image-index.ts';
import { type Manifest, manifestTypes, parseManifest } from './manifest.ts';
import { parseJson } from './parse-json.ts';
import type { RegistryClient } from './registry-client.ts';

const headers = { accept: [...manifestTypes, ...indexTypes].join(', ') };

/**
 * Reads a manifest; of an index, that of the Linux image for this machine's architecture. Null where the registry does not have it.
 * @param repository with the prefix
 */
export async function readExistingManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
): Promise<Manifest | null> {
  const { status, body } = await client.ask(`${repository}/manifests/${reference}`, { headers });
  if (status === 404) return null;
  const read = status === 200 ? parseJson(body.toString('utf8')) : null;
  const inside = imageInIndex(read, process.arch);
  if (inside !== null) return await readExistingManifest(client, repository, inside);
  const manifest = parseManifest(read);
  if (manifest !== null) return manifest;
  const code = status === 401 || status === 403 ? 'REGISTRY_DENIED' : 'LAB_FAILED';
  const problem = status === 200 ? 'it is no manifest of an image for this machine' : `status ${status}`;
  throw new DeployclockError(code, `The manifest of ${repository}:${reference} cannot be read: ${problem}.`);
}

/**
 * Deletes the manifests that `references` (tags or digests) name.
 * @returns `left` where the registry does not let this login delete
 * @throws RangeError where the repository is not one of deployclock's own
 */
export async function removeManifests(
  client: RegistryClient,
  repository: string,
  references: readonly string[],
): Promise<'removed' | 'left'> {
  requireOurRepository(repository);
  const removed = await Promise.all(references.map((reference) => removeManifest(client, repository, reference)));
  return removed.every((gone) => gone) ? 'removed' : 'left';
}

async function removeManifest(client: RegistryClient, repository: string, reference: string): Promise<boolean> {
  const path = `${repository}/manifests/`;
  const found = await client.ask(`${path}${reference}`, { headers });
  if (found.status !== 200) return found.status === 404;
  // By digest, which all can that can delete at all; by tag is newer. Counted here: the header with it is not always sent.
  const digest = asDigest(reference) ?? `sha256:${createHash('sha256').update(found.body).digest('hex')}`;
  const { status } = await client.ask(`${path}${digest}`, { method: 'DELETE' });
  return (status >= 200 && status < 300) || status === 404;
}
