import type { Manifest } from './manifest.ts';

/** The registry that releases go through: the lab's own behind its links, or an existing one. */
export interface ReleaseRegistry {
  readonly sort: 'lab' | 'existing';
  /** What stands before `/repository:tag` on the builder and on the server: `host:port`, with a prefix where there is one. */
  readonly pushPrefix: string;
  readonly pullPrefix: string;
  /** Value of the header X-Registry-Auth; that of an empty object where nobody has to log in. */
  readonly authorization: string;
  /** Null where the registry does not have it. */
  readonly readManifest: (repository: string, reference: string) => Promise<Manifest | null>;
  /** Null where a registry does not tell. */
  readonly listRepositories: () => Promise<readonly string[] | null>;
}
