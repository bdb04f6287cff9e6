import type { Server } from './server.ts';

/** How an existing engine, and what runs on it, is reached. */
export interface ServerAccess extends Pick<Server, 'engine' | 'publish' | 'endpoint' | 'inspect' | 'close'> {
  /** Whether it can pull through a link of the lab; where it cannot, releases must go over a registry that exists. */
  readonly reachesLinks: boolean;
  /**
   * The address at which the engine reaches a link that listens on port `linkPort` of this machine's 127.0.0.1, proved by a request of the
   * engine's own. Asked twice for one port, the answer is the same.
   * @throws DeployclockError ENGINE_UNSUITABLE where it cannot be reached from there
   */
  readonly registryAddressFor: (linkPort: number) => Promise<string>;
  /** Takes back what `registryAddressFor` opened, when the link is gone. */
  readonly forgetLink: (linkPort: number) => Promise<void>;
}
