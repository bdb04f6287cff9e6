import { listRepositories, readManifest } from './manifest.ts';
import type { Registry } from './registry.ts';
import type { ReleaseRegistry } from './release-registry.ts';

/** Base64 of `{}`: engine 20.10 answers 400 to a push without this header. */
const noCredentials = 'e30=';

/** The lab's own registry, which builder and server each know by the address of their link to it. */
export function labRegistry(registry: Registry, uplink: string, downlink: string): ReleaseRegistry {
  return {
    sort: 'lab',
    pushPrefix: uplink,
    pullPrefix: downlink,
    authorization: noCredentials,
    readManifest: (repository, reference) => readManifest(registry, repository, reference),
    listRepositories: () => listRepositories(registry),
  };
}
