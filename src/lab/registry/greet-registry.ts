import { DeployclockError } from '../../errors.ts';
import type { Environment } from '../endpoint/choose-endpoint.ts';
import { readCaBundle } from '../setup/recipes/ca-bundle.ts';
import type { Credentials } from './credentials.ts';
import type { RegistryAddress } from './registry-address.ts';
import { createRegistryClient, type RegistryClient } from './registry-client.ts';
import { isUnknownAuthority } from './registry-error.ts';
import { openSender, type RegistryAnswer } from './send.ts';
import { type Trust, withMachineTrust } from './trust.ts';

/** A registry that let us in. */
export interface GreetedRegistry {
  readonly client: RegistryClient;
  /** What it took to trust its certificate. */
  readonly trust: Trust;
  readonly close: () => Promise<void>;
}

/**
 * Asks `/v2/` once with the login. The certificate is checked against the public authorities and Docker's own for this registry; where these
 * do not know it, against the machine's as well.
 * @throws DeployclockError REGISTRY_UNREACHABLE, REGISTRY_DENIED
 */
export async function greetRegistry(
  address: RegistryAddress,
  credentials: Credentials,
  trust: Trust,
  env: Environment,
  signal: AbortSignal,
): Promise<GreetedRegistry> {
  try {
    return await greetWith(address, credentials, trust, signal);
  } catch (thrown) {
    const bundle = isUnknownAuthority(thrown) ? await readCaBundle(env) : null;
    if (bundle === null) throw thrown;
    return await greetWith(address, credentials, withMachineTrust(trust, bundle), signal);
  }
}

async function greetWith(
  address: RegistryAddress,
  credentials: Credentials,
  trust: Trust,
  signal: AbortSignal,
): Promise<GreetedRegistry> {
  const sender = openSender(trust);
  try {
    const client = createRegistryClient(sender, address, credentials);
    requireWelcome(await client.ask('', { signal }), address, credentials);
    return { client, trust, close: sender.close };
  } catch (thrown) {
    await sender.close();
    throw thrown;
  }
}

function requireWelcome(
  { status }: RegistryAnswer,
  { host, apiHost, loginKey }: RegistryAddress,
  credentials: Credentials,
): void {
  if (status === 200) return;
  if (status === 401 || status === 403) {
    const why =
      credentials.sort === 'none'
        ? "wants a login, and Docker's settings have none for it"
        : 'does not accept the login that Docker has for it';
    throw new DeployclockError('REGISTRY_DENIED', `The registry ${host} ${why}.`, { hint: `docker login ${loginKey}` });
  }
  throw new DeployclockError(
    'REGISTRY_UNREACHABLE',
    `What answers at https://${apiHost}/v2/ is no registry: status ${status}.`,
    { hint: `curl -v https://${apiHost}/v2/` },
  );
}
