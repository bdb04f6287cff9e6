import { isIP } from 'node:net';
import { DeployclockError } from '../../errors.ts';

/** A registry that exists, and the place in it that releases go to. */
export interface RegistryAddress {
  /** `host[:port]` as references of images begin. */
  readonly host: string;
  /** `host[:port]` that answers its API over HTTPS; Docker Hub has another one for that. */
  readonly apiHost: string;
  /** Path before the repositories' own names, without slashes around it; empty where there is none. */
  readonly prefix: string;
  /** The name under which Docker keeps the login. */
  readonly loginKey: string;
}

/** docker/cli and distribution/reference: one registry under several names. */
const hubHosts: readonly string[] = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];
const hubLoginKey = 'https://index.docker.io/v1/';

/** distribution/reference: a domain or an IPv4 address, with a port. Without a dot or a port it would be a name on Docker Hub. */
const hostPattern =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d{1,5})?$/;
const pathPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/**
 * Reads `host[:port][/prefix]`.
 * @throws DeployclockError USAGE
 */
export function parseRegistryAddress(written: string): RegistryAddress {
  const refuse = (why: string, hint = 'deployclock run --registry registry.example.com/team'): DeployclockError =>
    new DeployclockError('USAGE', `--registry ${written}: ${why}`, { hint });
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(written);
  if (scheme !== null) {
    throw refuse('a registry is named as in an image reference, without a scheme.', `--registry ${scheme[2] ?? ''}`);
  }
  const [host = '', ...parts] = written.replace(/\/$/, '').split('/');
  if (isLoopback(host)) {
    throw refuse(
      'nodes have networks of their own, and reach nothing on the loopback of this machine.',
      'Name the registry by an address that other machines reach it at, or leave --registry out.',
    );
  }
  if (!hostPattern.test(host) || !/[.:]/.test(host)) {
    throw refuse('it is not host[:port][/prefix], with a dot or a port in the host.');
  }
  if (!parts.every((part) => pathPattern.test(part)))
    throw refuse('a prefix is written in lower case, with single slashes.');
  const prefix = parts.join('/');
  if (!hubHosts.includes(host)) return { host, apiHost: host, prefix, loginKey: host };
  if (parts.length !== 1) throw refuse('on Docker Hub releases go to an account.', '--registry docker.io/ACCOUNT');
  return { host: 'docker.io', apiHost: 'registry-1.docker.io', prefix, loginKey: hubLoginKey };
}

/** As Docker does with the keys of its settings: without scheme and path. */
export function hostOfKey(key: string): string {
  const host = key.replace(/^https?:\/\//, '').split('/')[0] ?? '';
  return hubHosts.includes(host) ? 'docker.io' : host;
}

function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  if (isIP(name) === 4) return name.startsWith('127.') || name === '0.0.0.0';
  return ['localhost', '[::1]', '::1'].includes(name) || name.endsWith('.localhost');
}
