import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { DeployclockError } from '../../errors.ts';
import type { Environment } from '../endpoint/choose-endpoint.ts';
import { sshFailure } from './ssh-error.ts';

/** An `ssh` in the background that holds one connection, which others use through its control socket. */
export interface SshMaster {
  /** A folder of mode 0700 for sockets; gone after `close`. */
  readonly folder: string;
  /** Unix socket on which it is a SOCKS proxy. */
  readonly proxy: string;
  /** Has it do something within its connection. Never rejects: how it went is in the answer. */
  readonly ask: (parameters: readonly string[]) => Promise<{ failed: boolean; stdout: string; stderr: string }>;
  /** The last lines that it wrote to its standard error. */
  readonly words: () => readonly string[];
  readonly close: () => Promise<void>;
}

const startsWithinMs = 30_000;
const keptLines = 40;

/**
 * The user's own OpenSSH settings apply: configuration, agent, known hosts, jump hosts. Not its questions: there is nobody to answer. No
 * ExitOnForwardFailure, because forwards from the user's settings may be taken by another session of theirs. Layers are compressed already,
 * and compressing them again would be timed.
 */
const options = [
  ...['BatchMode=yes', 'ConnectTimeout=15', 'ServerAliveInterval=15', 'ServerAliveCountMax=4', 'Compression=no'],
  ...['StreamLocalBindUnlink=yes', 'ControlPersist=no', 'ForwardAgent=no', 'ForwardX11=no', 'LogLevel=INFO'],
].flatMap((option) => ['-o', option]);

/**
 * Starts `ssh` as a session of its own: a Ctrl-C in the terminal is ours to handle, and what was started on the other machine is still to be
 * removed then. It ends with `close`, and with this process.
 * @param destination `ssh://[user@]host[:port]`
 * @throws DeployclockError ENGINE_UNREACHABLE with ssh's last words
 */
export async function startSshMaster(destination: string, env: Environment, signal: AbortSignal): Promise<SshMaster> {
  // Short: a Unix socket's path may have 107 bytes, and ssh makes its control socket under a longer name first.
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-'));
  const [control, proxy] = [join(folder, 'control'), join(folder, 'socks')];
  const settings = { env: { ...env }, extendEnv: false, stdin: 'ignore', reject: false } as const;
  const master = execa('ssh', [...options, '-M', '-S', control, '-N', '-T', '-D', proxy, '--', destination], {
    ...settings,
    stdout: 'ignore',
    buffer: false,
    detached: true,
  });
  const words: string[] = [];
  const listening = keepWords(master.iterable({ from: 'stderr' }), words);
  const kill = (): void => void master.kill();
  process.once('exit', kill);
  const close = async (): Promise<void> => {
    kill();
    await Promise.all([master, listening]);
    process.off('exit', kill);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitForControl(control, master, signal);
    if (!existsSync(control) || !existsSync(proxy)) {
      throw sshFailure(destination, `No connection to ${destination}`, words);
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    folder,
    proxy,
    ask: (parameters) => execa('ssh', [...options, '-o', 'ControlMaster=no', '-S', control, ...parameters], settings),
    words: () => words,
    close,
  };
}

/** Until there is a control socket, which ssh makes after all forwards (ssh.c, ssh_session2), or ssh has ended. */
async function waitForControl(
  control: string,
  master: PromiseLike<{ readonly code?: string | undefined }>,
  signal: AbortSignal,
): Promise<void> {
  const state: { ended: boolean; code: string | undefined } = { ended: false, code: undefined };
  void master.then(({ code }) => {
    Object.assign(state, { ended: true, code });
  });
  const deadline = performance.now() + startsWithinMs;
  while (!existsSync(control) && !state.ended && performance.now() < deadline) {
    await sleep(10, undefined, { signal });
  }
  if (state.code !== 'ENOENT') return;
  throw new DeployclockError('ENGINE_UNREACHABLE', 'There is no ssh on this machine.', {
    hint: 'Install the OpenSSH client: apt-get install openssh-client',
  });
}

async function keepWords(lines: AsyncIterable<string>, words: string[]): Promise<void> {
  try {
    for await (const line of lines) {
      words.push(line);
      if (words.length > keptLines) words.shift();
    }
  } catch {
    // The iteration fails with the process; how that ended is asked of the process.
  }
}
