export interface ImageReference {
  /** Registry host, or null for Docker Hub: a mirror stands for Docker Hub alone, engines ask it for nothing else. */
  readonly registry: string | null;
  /** Path as the registry knows it: `library/node`. */
  readonly repository: string;
  /** Tag or digest; `latest` where none is written. */
  readonly reference: string;
}

/** Takes a FROM image apart by the rules of distribution/reference: a first part with a dot, a port, or `localhost` is a host. */
export function parseImageReference(written: string): ImageReference {
  const [name = '', digest] = written.split('@');
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = first.includes('.') || first.includes(':') || first === 'localhost';
  const path = isHost ? name.slice(slash + 1) : name;
  const colon = path.lastIndexOf(':');
  const repository = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? 'latest' : path.slice(colon + 1);
  const hub = !isHost || /^(index\.)?docker\.io$/.test(first);
  return {
    registry: hub ? null : first,
    repository: hub && !repository.includes('/') ? `library/${repository}` : repository,
    reference: digest ?? tag,
  };
}
