import type { Credentials } from './credentials.ts';
import type { RegistryAddress } from './registry-address.ts';

/**
 * The value of X-Registry-Auth with which an engine pushes and pulls: base64url of JSON. Padded, because engines decode it strictly and take
 * what they cannot decode for no login at all.
 */
export function registryAuthorization(credentials: Credentials, { loginKey }: RegistryAddress): string {
  return Buffer.from(JSON.stringify(loginOf(credentials, loginKey)))
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** The value of the header Authorization for HTTP's Basic scheme; null where there is no password. */
export function basicAuthorization(credentials: Credentials): string | null {
  return credentials.sort === 'password' ? `Basic ${base64Of(credentials)}` : null;
}

/** Every spelling in which these credentials could turn up in a text, to be taken out of all that is kept. */
export function secretsIn(credentials: Credentials, address: RegistryAddress): string[] {
  if (credentials.sort === 'none') return [];
  const secret = credentials.sort === 'password' ? credentials.password : credentials.token;
  const header = registryAuthorization(credentials, address);
  const encoded = [
    header,
    Buffer.from(secret).toString('base64'),
    ...(credentials.sort === 'password' ? [base64Of(credentials)] : []),
  ];
  return [
    ...new Set([
      secret,
      // As inside JSON, in a URL and in a form.
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      new URLSearchParams({ secret }).toString().slice('secret='.length),
      ...encoded.flatMap((text) => [text, text.replace(/=+$/, ''), text.replaceAll('+', '-').replaceAll('/', '_')]),
    ]),
  ].filter((text) => text !== '');
}

function loginOf(credentials: Credentials, serveraddress: string): Record<string, string> {
  switch (credentials.sort) {
    case 'none':
      return {};
    case 'password':
      return { username: credentials.username, password: credentials.password, serveraddress };
    case 'identity-token':
      return { identitytoken: credentials.token, serveraddress };
  }
}

function base64Of({ username, password }: Extract<Credentials, { sort: 'password' }>): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}
