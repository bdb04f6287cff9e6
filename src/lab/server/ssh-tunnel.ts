import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { DeployclockError } from '../../errors.ts';
import type { Environment } from '../endpoint/choose-endpoint.ts';
import { connectThroughSocks } from './socks-connection.ts';
import { sshFailure } from './ssh-error.ts';
import { startSshMaster } from './ssh-master.ts';

/** One SSH connection, and what goes through it. Its sockets lie in a folder that only this user can enter. */
export interface SshTunnel {
  /** Makes a Unix socket of the other machine reachable here, and answers where. */
  readonly bring: (remotePath: string) => Promise<string>;
  /** Makes `127.0.0.1:port` of this machine reachable on the other one's loopback, and answers on which port. */
  readonly offer: (port: number) => Promise<number>;
  /** Takes an offer back. */
  readonly withdraw: (port: number) => Promise<void>;
  /** Connects to an address as seen from the other machine; rejects while it is refused there. */
  readonly connect: (host: string, port: number, signal: AbortSignal) => Promise<Socket>;
  /** Runs a command on the other machine, and answers its standard output. */
  readonly run: (command: readonly string[]) => Promise<string>;
  /** The last lines that ssh wrote to its standard error. */
  readonly words: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Opens a tunnel through the OpenSSH program.
 * @param destination `ssh://[user@]host[:port]`
 * @throws DeployclockError ENGINE_UNREACHABLE with ssh's last words
 */
export async function openSshTunnel(destination: string, env: Environment, signal: AbortSignal): Promise<SshTunnel> {
  const { folder, proxy, ask, words, close } = await startSshMaster(destination, env, signal);
  const failure = (what: string, stderr: string): DeployclockError =>
    sshFailure(destination, what, [...words(), ...stderr.split('\n')]);
  // Port 0: the other machine's sshd takes one that is free there, and ssh prints it.
  const offered = (port: number): string[] => ['-R', `127.0.0.1:0:127.0.0.1:${port}`, '--', destination];
  let brought = 0;
  return {
    bring: async (remotePath) => {
      brought += 1;
      const local = join(folder, `${brought}.sock`);
      const { stderr } = await ask(['-O', 'forward', '-L', `${local}:${remotePath}`, '--', destination]);
      if (existsSync(local)) return local;
      throw failure(`${remotePath} of ${destination} cannot be brought here`, stderr);
    },
    offer: async (port) => {
      // A forward of the user's own settings may fail beside ours; the port of ours is printed then all the same.
      const { stdout, stderr } = await ask(['-O', 'forward', ...offered(port)]);
      const there = Number(/^\d+$/m.exec(stdout)?.[0]);
      if (there > 0) return there;
      throw failure(`${destination} cannot be offered a port of this machine`, stderr);
    },
    withdraw: async (port) => {
      await ask(['-O', 'cancel', ...offered(port)]);
    },
    connect: (host, port, limit) => connectThroughSocks(proxy, host, port, limit),
    run: async (command) => {
      const { failed, stdout, stderr } = await ask(['-T', '--', destination, command.map(quoted).join(' ')]);
      if (failed) throw failure(`${command[0]} failed on ${destination}`, stderr);
      return stdout;
    },
    words,
    close,
  };
}

/** For the other machine's shell, which ssh hands one text. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
