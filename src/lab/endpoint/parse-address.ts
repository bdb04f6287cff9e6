import type { EngineAddress } from './address.ts';

export type Tls = Extract<EngineAddress, { sort: 'tcp' }>['tls'];

/**
 * Reads an engine's address as Docker writes it: `unix:///path`, `tcp://host:port`, `http(s)://host:port`, `ssh://user@host`,
 * or the bare path of a socket. Ports are Docker's: 2375, with TLS 2376; 22 for ssh.
 * @param tls key material for a TCP address, null for plain HTTP
 * @returns null where the text is no such address
 */
export function parseAddress(written: string, tls: Tls): EngineAddress | null {
  if (written.startsWith('/')) return { sort: 'unix', path: written };
  const unix = /^unix:\/\/(\/.+)$/.exec(written);
  if (unix?.[1] !== undefined) return { sort: 'unix', path: unix[1] };
  const url = parseUrl(written);
  if (url === null) return null;
  // Without the brackets that an IPv6 address has in a URL.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === '' || !['', '/'].includes(url.pathname)) return null;
  if (url.protocol === 'ssh:') {
    return {
      sort: 'ssh',
      host,
      port: portOf(url, 22),
      user: url.username === '' ? null : decodeURIComponent(url.username),
    };
  }
  if (url.protocol === 'https:' && tls === null) return null;
  if (!['tcp:', 'http:', 'https:'].includes(url.protocol)) return null;
  return { sort: 'tcp', host, port: portOf(url, tls === null ? 2375 : 2376), tls };
}

/** A URL leaves out the port that is its protocol's own, which is not Docker's. */
function portOf(url: URL, usual: number): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'http:' ? 80 : url.protocol === 'https:' ? 443 : usual;
}

function parseUrl(written: string): URL | null {
  return URL.canParse(written) ? new URL(written) : null;
}
