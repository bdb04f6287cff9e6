import { join } from 'node:path';
import { DeployclockError } from '../../errors.ts';
import type { EngineAddress } from './address.ts';
import { defaultContext, readCurrentContext, readDockerContext, readTls } from './docker-settings.ts';
import { parseAddress, type Tls } from './parse-address.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An engine, and who named it. */
export interface Endpoint {
  /** For people: `DOCKER_HOST`, `context desktop-linux`, `usual socket`. */
  readonly origin: string;
  readonly address: EngineAddress;
}

export interface Choosers {
  /** Value of `--host`: an address or `context:NAME`. */
  readonly flag: string | null;
  readonly env: Environment;
  readonly home: string;
}

/** An engine that somebody named, with how to take that back. */
export interface Choice extends Endpoint {
  readonly takeBack: string;
}

/**
 * The engine that somebody named, in Docker's own order: flag, DOCKER_HOST, DOCKER_CONTEXT, the current context. The context
 * `default` stands for DOCKER_HOST or, without it, for the machine's own sockets. Null where nobody named one.
 * @throws DeployclockError USAGE for a flag, ENGINE_UNREACHABLE for a setting, that names no engine
 */
export async function chooseEndpoint({ flag, env, home }: Choosers): Promise<Choice | null> {
  const folder = env.DOCKER_CONFIG || join(home, '.docker');
  const fromContext = async (name: string, namedBy: string, takeBack: string): Promise<Choice> => {
    const { host, tls } = await readDockerContext(folder, name);
    return {
      origin: `context ${name} (${namedBy})`,
      address: addressOr(host, tls, `The Docker context ${name}`),
      takeBack,
    };
  };
  const flagContext = flag === null ? null : (/^context:(.+)$/.exec(flag)?.[1] ?? null);

  if (flag !== null && flagContext === null) {
    const address = parseAddress(flag, await tlsFrom(env, folder, flag));
    if (address !== null) return { origin: '--host', address, takeBack: 'Give another --host, or none.' };
    throw new DeployclockError(
      'USAGE',
      `--host ${flag} is no engine's address: unix:///path, tcp://host:port, ssh://user@host or context:NAME.`,
    );
  }
  if (flagContext !== null && flagContext !== defaultContext) {
    return await fromContext(flagContext, '--host', 'docker context ls');
  }
  const host = env.DOCKER_HOST;
  if (host) {
    const address = addressOr(host, await tlsFrom(env, folder, host), 'DOCKER_HOST');
    return { origin: 'DOCKER_HOST', address, takeBack: 'unset DOCKER_HOST, or start that engine' };
  }
  if (flagContext === defaultContext) return null;
  const envContext = env.DOCKER_CONTEXT;
  if (envContext) {
    if (envContext === defaultContext) return null;
    return await fromContext(envContext, 'DOCKER_CONTEXT', 'unset DOCKER_CONTEXT, or start that engine');
  }
  const current = await readCurrentContext(folder);
  if (current === null || current === defaultContext) return null;
  return await fromContext(current, join(folder, 'config.json'), 'docker context use default, or start that engine');
}

/** Docker's rule: TLS where DOCKER_TLS_VERIFY is not empty, with the files of DOCKER_CERT_PATH or the settings folder. */
export async function tlsFrom(env: Environment, folder: string, host: string): Promise<Tls> {
  const secured = host.startsWith('https://') || (host.startsWith('tcp://') && Boolean(env.DOCKER_TLS_VERIFY));
  return secured ? await readTls(env.DOCKER_CERT_PATH || folder) : null;
}

function addressOr(written: string, tls: Tls, by: string): EngineAddress {
  const address = parseAddress(written, tls);
  if (address !== null) return address;
  throw new DeployclockError(
    'ENGINE_UNREACHABLE',
    `${by} names ${written}, which deployclock cannot reach: it speaks unix://, tcp:// and ssh://.`,
    { hint: 'docker context ls' },
  );
}
