import { existsSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { installPackages } from '../src/lab/setup/apt-get.ts';
import { canRun } from '../src/lab/setup/run-command.ts';

export const sshServer = '/usr/sbin/sshd';
export const sshPackages = ['openssh-client', 'openssh-server'];

/** What Debian asks before a package starts its service; 101 forbids it (invoke-rc.d). */
const policy = '/usr/sbin/policy-rc.d';

/**
 * Installs what the tests in test/lab drive besides Docker, where that can be done without asking. No service is started by it: the tests'
 * own sshd listens on loopback and ends with them. Elsewhere the tests that need it say what to install.
 */
export async function setup(): Promise<void> {
  if (existsSync(sshServer) && (await canRun('ssh', ['-V']))) return;
  if (process.getuid?.() !== 0 || !(await canRun('apt-get', ['--version']))) return;
  const forbidden = existsSync(policy);
  if (!forbidden) {
    await writeFile(policy, '#!/bin/sh\nexit 101\n');
    await chmod(policy, 0o755);
  }
  try {
    const work = { onProgress: () => undefined, signal: AbortSignal.timeout(300_000) };
    await installPackages({ needed: sshPackages, whereKnown: [] }, work);
    // Nor at the next boot.
    await canRun('systemctl', ['disable', 'ssh.service', 'ssh.socket']);
  } finally {
    if (!forbidden) await rm(policy, { force: true });
  }
}
