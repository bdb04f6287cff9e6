import { isIP } from 'node:net';
import type { EngineAddress } from '../endpoint/address.ts';
import type { Environment } from '../endpoint/choose-endpoint.ts';
import type { Server } from './server.ts';
import type { ServerAccess } from './server-access.ts';
import { parseServer } from './server-address.ts';
import { openServerElsewhere } from './server-elsewhere.ts';
import { openServerHere } from './server-here.ts';
import { openServerOverSsh } from './server-over-ssh.ts';

/** An engine that was there before, as the server. What else lives on it is not touched. */
export interface ExistingServer extends Server, ServerAccess {
  readonly sort: 'existing';
}

/**
 * Opens the engine that `--server` names.
 * @param written `ssh://[user@]host[:port]`, `tcp://host[:port]`, `unix:///path` or `context:NAME`
 * @throws DeployclockError USAGE, ENGINE_UNREACHABLE, ENGINE_UNSUITABLE
 */
export async function openExistingServer(
  written: string,
  env: Environment,
  signal: AbortSignal,
): Promise<ExistingServer> {
  const address = await parseServer(written, env);
  return { sort: 'existing', name: written, ...(await accessTo(address, env, signal)) };
}

async function accessTo(address: EngineAddress, env: Environment, signal: AbortSignal): Promise<ServerAccess> {
  switch (address.sort) {
    case 'unix':
      return await openServerHere(address);
    case 'tcp':
      return isThisMachine(address.host) ? await openServerHere(address) : await openServerElsewhere(address);
    case 'ssh':
      return await openServerOverSsh(address, env, signal);
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
