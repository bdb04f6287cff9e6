import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../endpoint/choose-endpoint.ts';
import { registryAuthorization, secretsIn } from './authorization.ts';
import { findCredentials } from './credentials.ts';
import { readExistingManifest, removeManifests } from './existing-manifests.ts';
import { greetRegistry } from './greet-registry.ts';
import { parseRegistryAddress } from './registry-address.ts';
import type { ReleaseRegistry } from './release-registry.ts';
import { type CertificateFile, findTrust } from './trust.ts';

/** A registry of somebody else's, which releases go through in the place of the lab's own. */
export interface ExistingRegistry extends ReleaseRegistry {
  readonly sort: 'existing';
  /** `host[:port][/prefix]`. */
  readonly name: string;
  /** Folder laid out as Docker's certs.d, for nodes; null where the public authorities do. Gone after `close`. */
  readonly certificates: string | null;
  /** Every spelling of the login that could turn up in a text. */
  readonly secrets: readonly string[];
  /**
   * Deletes the manifests that `references` (tags or digests) name. Their layers stay until the registry collects its garbage.
   * @returns `left` where the registry does not let this login delete
   * @throws RangeError where the repository is not one of deployclock's own
   */
  readonly removeOurs: (repository: string, references: readonly string[]) => Promise<'removed' | 'left'>;
  readonly close: () => Promise<void>;
}

export interface ExistingRegistrySettings {
  /** As a person writes it: `host[:port][/prefix]`. */
  readonly written: string;
  /** File of the authority that the registry's certificate comes from; null for those that Docker would find. */
  readonly caFile: string | null;
  readonly env: Environment;
  readonly home: string;
}

/**
 * Opens a registry with the login that Docker has for it, and asks it once whether it lets that in. Whether the login may push shows in the
 * first push.
 * @throws DeployclockError USAGE, REGISTRY_UNREACHABLE, REGISTRY_DENIED
 */
export async function openExistingRegistry(
  { written, caFile, env, home }: ExistingRegistrySettings,
  signal: AbortSignal,
): Promise<ExistingRegistry> {
  const address = parseRegistryAddress(written);
  const credentials = await findCredentials(address, { env, home });
  // The second is a rootless engine's.
  const folders = ['/etc/docker/certs.d', join(home, '.config/docker/certs.d')];
  const found = await findTrust(address.apiHost, caFile, folders);
  const { client, trust, close } = await greetRegistry(address, credentials, found, env, signal);
  const certificates = await writeCertificates(address.apiHost, trust.files);
  const name = address.prefix === '' ? address.host : `${address.host}/${address.prefix}`;
  const pathOf = (repository: string): string =>
    address.prefix === '' ? repository : `${address.prefix}/${repository}`;
  return {
    sort: 'existing',
    name,
    pushPrefix: name,
    pullPrefix: name,
    authorization: registryAuthorization(credentials, address),
    certificates,
    secrets: secretsIn(credentials, address),
    readManifest: (repository, reference) => readExistingManifest(client, pathOf(repository), reference),
    // The list of all repositories is for administrators, and most registries do not give it.
    listRepositories: async () => null,
    removeOurs: (repository, references) => removeManifests(client, pathOf(repository), references),
    close: async () => {
      await close();
      if (certificates !== null) await rm(certificates, { recursive: true, force: true });
    },
  };
}

async function writeCertificates(host: string, files: readonly CertificateFile[]): Promise<string | null> {
  if (files.length === 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-certificates-'));
  await mkdir(join(folder, host));
  for (const { name, content } of files) await writeFile(join(folder, host, name), content, { mode: 0o600 });
  return folder;
}
