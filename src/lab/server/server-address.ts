import { homedir, userInfo } from 'node:os';
import { DeployclockError } from '../../errors.ts';
import type { EngineAddress } from '../endpoint/address.ts';
import { type Environment, tlsFrom } from '../endpoint/choose-endpoint.ts';
import { findEndpoint } from '../endpoint/find-endpoint.ts';
import { parseAddress } from '../endpoint/parse-address.ts';
import { pingEngine } from '../engine/engine.ts';

/**
 * The engine that `--server` names: an address, or a Docker context.
 * @throws DeployclockError USAGE where it names none; ENGINE_UNREACHABLE, ENGINE_NOT_FOUND for a context that leads to none
 */
export async function parseServer(written: string, env: Environment): Promise<EngineAddress> {
  const home = env.HOME || homedir();
  if (written.startsWith('context:')) return await addressOfContext(written, env, home);
  const address = parseAddress(written, await tlsFrom(env, env.DOCKER_CONFIG || `${home}/.docker`, written));
  if (address === null) {
    throw new DeployclockError(
      'USAGE',
      `--server ${written} is no engine's address: ssh://user@host, tcp://host:port, unix:///path or context:NAME.`,
      { hint: 'deployclock run --server ssh://user@host' },
    );
  }
  if (
    address.sort === 'tcp' &&
    URL.canParse(written) &&
    (new URL(written).password || new URL(written).username) !== ''
  ) {
    throw new DeployclockError('USAGE', '--server: an engine takes no user and no password from an address.', {
      hint: 'DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, or ssh://',
    });
  }
  if (address.sort === 'ssh' && new URL(written).password !== '') {
    throw new DeployclockError('USAGE', '--server: ssh takes no password from an address.', {
      hint: `ssh-copy-id, then --server ssh://${address.user === null ? '' : `${address.user}@`}${address.host}`,
    });
  }
  return address;
}

async function addressOfContext(written: string, env: Environment, home: string): Promise<EngineAddress> {
  // The context `default` stands for whichever usual socket answers; any other is only read here, and asked by who connects.
  const probe = written === 'context:default' ? pingEngine : async (): Promise<void> => undefined;
  const found = await findEndpoint({ flag: written, env, home, uid: userInfo().uid, probe });
  if (found.state === 'found') return found.endpoint.address;
  throw new DeployclockError('ENGINE_NOT_FOUND', `No Docker engine answers for --server ${written}.`, {
    excerpt: found.tried.map(({ problem }) => problem).join('\n'),
    hint: 'docker context ls',
  });
}
