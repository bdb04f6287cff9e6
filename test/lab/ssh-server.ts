import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Environment } from '../../src/lab/endpoint/choose-endpoint.ts';
import { sshPackages, sshServer } from '../prepare-machine.ts';

const run = promisify(execFile);

/** An sshd on loopback with keys of its own. */
export interface SshServer {
  /** `ssh://user@127.0.0.1:port`. */
  readonly destination: string;
  /** An environment whose `ssh` knows this server and has a key that it accepts. */
  readonly env: Environment;
  /** The same with a key that the server does not accept. */
  readonly strangersEnv: Environment;
  /** The same without the server's host key. */
  readonly forgetfulEnv: Environment;
  readonly close: () => Promise<void>;
}

/**
 * Starts a real sshd for this user. The `ssh` of the environments is OpenSSH's own with another settings file: the user's keys and known
 * hosts are neither used nor changed.
 * @param settings lines for its sshd_config
 */
export async function startSshServer(settings: readonly string[] = []): Promise<SshServer> {
  if (!existsSync(sshServer)) throw new Error(`This test needs OpenSSH: apt-get install ${sshPackages.join(' ')}`);
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  for (const name of ['host', 'user', 'stranger']) {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  }
  const port = await freePort('127.0.0.1');
  await writeFile(join(folder, 'known'), `[127.0.0.1]:${port} ${await readFile(join(folder, 'host.pub'), 'utf8')}`);
  await writeFile(join(folder, 'sshd_config'), [...serverSettings(folder, port), ...settings, ''].join('\n'));
  // Where sshd locks itself in as root; the package's service makes it otherwise.
  const made = process.getuid?.() === 0 ? await mkdir('/run/sshd', { recursive: true }) : undefined;
  const sshd = spawn(sshServer, ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => sshd.once('close', resolve));
  const close = async (): Promise<void> => {
    sshd.kill();
    await ended;
    if (made !== undefined) await rm(made, { recursive: true });
    await rm(folder, { recursive: true });
  };
  try {
    await waitForPort(port);
    return {
      destination: `ssh://${userInfo().username}@127.0.0.1:${port}`,
      env: await clientEnvironment(folder, 'client', 'user', 'known'),
      strangersEnv: await clientEnvironment(folder, 'stranger-client', 'stranger', 'known'),
      forgetfulEnv: await clientEnvironment(folder, 'forgetful-client', 'user', 'nothing-known'),
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

function serverSettings(folder: string, port: number): string[] {
  return [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/user.pub`,
    `PidFile ${folder}/pid`,
    ...['StrictModes no', 'UsePAM no', 'PasswordAuthentication no', 'PermitRootLogin prohibit-password'],
  ];
}

/** A folder for the PATH with an `ssh` that reads these settings in the place of the user's. */
async function clientEnvironment(folder: string, name: string, key: string, known: string): Promise<Environment> {
  const bin = join(folder, name);
  await mkdir(bin);
  const settings = [`UserKnownHostsFile ${folder}/${known}`, `IdentityFile ${folder}/${key}`, 'IdentitiesOnly yes', ''];
  await writeFile(join(bin, 'config'), settings.join('\n'));
  await writeFile(join(bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${bin}/config "$@"\n`);
  await chmod(join(bin, 'ssh'), 0o755);
  return { ...process.env, PATH: `${bin}:${process.env.PATH}` };
}

/** A port of `host` that nothing listens on, to be listened on at once. */
export async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await accepts('127.0.0.1', port)) return;
    await sleep(50);
  }
  throw new Error(`sshd does not listen on port ${port}`);
}

/** Whether something accepts connections there. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const give = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => give(true)).once('error', () => give(false));
  });
}
