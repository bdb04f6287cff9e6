import { join } from 'node:path';
import { DeployclockError, messageOf } from '../../errors.ts';
import type { EngineAddress } from './address.ts';
import { type Choosers, chooseEndpoint, type Endpoint, type Environment } from './choose-endpoint.ts';

export interface EndpointSearch extends Choosers {
  /** Null where the system has no user numbers. */
  readonly uid: number | null;
  /** Rejects where no engine answers at the address. */
  readonly probe: (address: EngineAddress) => Promise<unknown>;
}

/** A place where no engine answered. */
export interface Attempt extends Endpoint {
  readonly problem: string;
}

export type FoundEndpoint =
  | { readonly state: 'found'; readonly endpoint: Endpoint; readonly tried: readonly Attempt[] }
  | { readonly state: 'none'; readonly tried: readonly Attempt[] };

/**
 * Finds the user's engine: the one that a flag, the environment or a Docker context names, otherwise the first of the usual
 * sockets that answers. A named engine that does not answer is an error; another one is never taken in its place.
 * @throws DeployclockError ENGINE_UNREACHABLE, USAGE
 */
export async function findEndpoint(search: EndpointSearch): Promise<FoundEndpoint> {
  const choice = await chooseEndpoint(search);
  if (choice !== null) {
    const { origin, address, takeBack } = choice;
    try {
      await search.probe(address);
    } catch (thrown) {
      throw new DeployclockError(
        'ENGINE_UNREACHABLE',
        `${origin} names an engine that does not answer: ${messageOf(thrown)}`,
        {
          hint: takeBack,
          cause: thrown,
        },
      );
    }
    return { state: 'found', endpoint: { origin, address }, tried: [] };
  }
  const tried: Attempt[] = [];
  for (const path of usualSockets(search.env, search.home, search.uid)) {
    const endpoint: Endpoint = { origin: 'usual socket', address: { sort: 'unix', path } };
    try {
      await search.probe(endpoint.address);
      return { state: 'found', endpoint, tried };
    } catch (thrown) {
      tried.push({ ...endpoint, problem: messageOf(thrown) });
    }
  }
  return { state: 'none', tried };
}

/** Where engines listen when nobody said otherwise: Linux, rootless, Docker Desktop, Colima, Rancher Desktop, OrbStack. */
function usualSockets(env: Environment, home: string, uid: number | null): string[] {
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    ...new Set([
      '/var/run/docker.sock',
      ...(runtime ? [join(runtime, 'docker.sock')] : []),
      join(home, '.docker/run/docker.sock'),
      join(home, '.docker/desktop/docker.sock'),
      join(home, '.colima/default/docker.sock'),
      join(home, '.rd/docker.sock'),
      join(home, '.orbstack/run/docker.sock'),
      ...(uid === null ? [] : [`/run/user/${uid}/docker.sock`]),
    ]),
  ];
}
