import { homedir, userInfo } from 'node:os';
import { DeployclockError } from '../errors.ts';
import { type Attempt, findEndpoint } from '../lab/endpoint/find-endpoint.ts';
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
  if (found.state === 'none') throw noEngine(found.tried);
  return await connectEngine(found.endpoint.address);
}

/** The error for a machine on which no usual socket answers: one that may not be entered is another trouble than none at all. */
export function noEngine(tried: readonly Attempt[]): DeployclockError {
  const denied = tried.find((attempt) => /EACCES|permission denied/i.test(attempt.problem));
  if (denied !== undefined) {
    return new DeployclockError(
      'ENGINE_UNREACHABLE',
      `A Docker engine is there, but this user may not talk to it: ${denied.problem}`,
      {
        hint: 'sudo usermod -aG docker "$USER", then log in anew',
      },
    );
  }
  return new DeployclockError('ENGINE_NOT_FOUND', 'No Docker engine answers on this machine.', {
    excerpt: tried.map((attempt) => attempt.problem).join('\n'),
  });
}
