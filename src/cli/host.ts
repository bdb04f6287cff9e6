import { homedir, userInfo } from 'node:os';
import { DeployclockError } from '../errors.ts';
import { findEndpoint } from '../lab/endpoint/find-endpoint.ts';
import { connectEngine, type Engine, pingEngine } from '../lab/engine/engine.ts';
import type { GlobalOptions } from './command.ts';
import type { Io } from './io.ts';

/** Looks for the user's engine where Docker's own command line would. */
export function lookForHost(options: GlobalOptions, io: Pick<Io, 'env'>): ReturnType<typeof findEndpoint> {
  return findEndpoint({
    flag: options.host ?? null,
    env: io.env,
    home: homedir(),
    uid: userInfo().uid,
    probe: async (address) => {
      await pingEngine(address);
    },
  });
}

/** @throws DeployclockError ENGINE_NOT_FOUND, ENGINE_UNREACHABLE, ENGINE_UNSUITABLE */
export async function connectToHost(options: GlobalOptions, io: Pick<Io, 'env'>): Promise<Engine> {
  const found = await lookForHost(options, io);
  if (found.state === 'none')
    throw new DeployclockError('ENGINE_NOT_FOUND', 'No Docker engine answers on this machine.');
  return await connectEngine(found.endpoint.address);
}
