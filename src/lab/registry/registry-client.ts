import { z } from 'zod';
import { DeployclockError } from '../../errors.ts';
import { basicAuthorization } from './authorization.ts';
import { type Challenge, parseChallenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { parseJson } from './parse-json.ts';
import type { RegistryAddress } from './registry-address.ts';
import { registryUnreachable } from './registry-error.ts';
import type { RegistryAnswer, RegistryRequest, Sender } from './send.ts';

/** Asks a registry by its own API, logged in as it wants. */
export interface RegistryClient {
  /**
   * Asks for `/v2/<path>`. An answer of 401 that no login changes is answered as it is.
   * @throws DeployclockError REGISTRY_UNREACHABLE; REGISTRY_DENIED where no token is given for this login
   */
  readonly ask: (path: string, request?: RegistryRequest) => Promise<RegistryAnswer>;
}

/** The older and the OAuth2 spelling (distribution, docs/spec/auth). */
const tokenAnswer = z.union([z.object({ token: z.string() }), z.object({ access_token: z.string() })]);

export function createRegistryClient(
  sender: Sender,
  address: RegistryAddress,
  credentials: Credentials,
): RegistryClient {
  const base = new URL(`https://${address.apiHost}/v2/`);
  /** What was good enough the last time, by what was asked: a token is for one repository and one sort of access. */
  const known = new Map<string, string>();

  async function send(url: URL, request: RegistryRequest): Promise<RegistryAnswer> {
    try {
      return await sender.send(url, request);
    } catch (thrown) {
      request.signal?.throwIfAborted();
      throw registryUnreachable(url, thrown);
    }
  }

  async function logIn(challenge: Challenge, signal: AbortSignal | undefined): Promise<string | null> {
    if (challenge.sort === 'basic') return basicAuthorization(credentials);
    const { realm } = challenge;
    if (realm.protocol !== 'https:') {
      throw new DeployclockError(
        'REGISTRY_DENIED',
        `The registry ${address.host} wants its password sent to ${realm.host} without TLS, which deployclock does not do.`,
      );
    }
    const answer = await send(...tokenRequest(challenge, realm, credentials, signal));
    const parsed = tokenAnswer.safeParse(parseJson(answer.body.toString('utf8')));
    if (answer.status === 200 && parsed.success) {
      return `Bearer ${'token' in parsed.data ? parsed.data.token : parsed.data.access_token}`;
    }
    if ([400, 401, 403].includes(answer.status)) return null;
    throw new DeployclockError(
      'REGISTRY_UNREACHABLE',
      `${realm.host}, which gives tokens for the registry ${address.host}, answered ${answer.status} without one.`,
    );
  }

  return {
    ask: async (path, request = {}) => {
      const url = new URL(path, base);
      const key = `${request.method ?? 'GET'} ${/^.*(?=\/(?:manifests|blobs|tags)\/)/.exec(path)?.[0] ?? ''}`;
      const attempt = (authorization: string | undefined): Promise<RegistryAnswer> => {
        const headers = { ...request.headers, ...(authorization === undefined ? {} : { authorization }) };
        return send(url, { ...request, headers });
      };
      const first = await attempt(known.get(key));
      const challenge = first.status === 401 && first.challenge !== null ? parseChallenge(first.challenge) : null;
      if (challenge === null) return first;
      const authorization = await logIn(challenge, request.signal);
      if (authorization === null) return first;
      const second = await attempt(authorization);
      if (second.status !== 401) known.set(key, authorization);
      return second;
    },
  };
}

/** The token flow of distribution, docs/spec/auth: a GET with the password, or OAuth2's refresh of an identity token. */
function tokenRequest(
  { service, scope }: Extract<Challenge, { sort: 'bearer' }>,
  realm: URL,
  credentials: Credentials,
  signal: AbortSignal | undefined,
): [URL, RegistryRequest] {
  const asked = new URLSearchParams();
  if (service !== null) asked.set('service', service);
  if (credentials.sort === 'identity-token') {
    asked.set('grant_type', 'refresh_token');
    asked.set('client_id', 'deployclock');
    asked.set('refresh_token', credentials.token);
    if (scope !== null) asked.set('scope', scope);
    return [realm, { method: 'POST', form: asked, signal }];
  }
  const url = new URL(realm);
  // A scope may name several repositories, each in a parameter of its own.
  for (const part of scope?.split(' ') ?? []) asked.append('scope', part);
  for (const [name, value] of asked) url.searchParams.append(name, value);
  const authorization = basicAuthorization(credentials);
  return [url, { signal, headers: authorization === null ? {} : { authorization } }];
}
