import { DeployclockError } from '../../errors.ts';
import { installCommands, installPackages } from './apt-get.ts';
import { isLike, type OperatingSystem } from './operating-system.ts';
import type { Work } from './run-command.ts';

export type InstallPlan =
  /** deployclock can do it: these commands would run. */
  | { readonly sort: 'install'; readonly commands: readonly string[] }
  /** A person has to do it: what to install. */
  | { readonly sort: 'instruct'; readonly text: string };

const enginePackages = ['docker.io', 'iptables'];

/** How a Docker engine gets onto this system. Nothing is done yet: whether to do it is the user's decision. */
export function planEngineInstall(system: OperatingSystem, user: { readonly root: boolean }): InstallPlan {
  if (system.platform === 'linux' && isLike(system, 'debian', 'ubuntu')) {
    const commands = installCommands(enginePackages);
    if (user.root) return { sort: 'install', commands };
    return instruct('Install it with', commands.map((command) => `sudo ${command}`).join(' && '), joinGroup);
  }
  const sudo = user.root ? '' : 'sudo ';
  if (system.platform === 'darwin') {
    return instruct(
      'Install and start one of these:',
      'Docker Desktop, OrbStack, or `brew install colima docker && colima start`',
    );
  }
  if (system.platform !== 'linux') return instruct('Install and start', 'Docker Desktop');
  const start = `${sudo}systemctl enable --now docker`;
  const group = user.root ? '' : joinGroup;
  if (isLike(system, 'alpine')) {
    return instruct(
      'Install it with',
      `${sudo}apk add docker && ${sudo}rc-update add docker && ${sudo}service docker start`,
      group,
    );
  }
  if (isLike(system, 'arch')) return instruct('Install it with', `${sudo}pacman -S docker && ${start}`, group);
  if (isLike(system, 'fedora', 'rhel', 'centos')) {
    return instruct('Install it with', `${sudo}dnf install moby-engine && ${start}`, group);
  }
  return instruct(
    'Install',
    'Docker Engine 20.10 or newer with the package manager of this system, and start it',
    group,
  );
}

/**
 * Installs the Docker engine where `planEngineInstall` says that it can be done.
 * @throws DeployclockError INSTALL_FAILED with the installer's last lines; ENGINE_NOT_FOUND where a person has to do it
 */
export async function installEngine(
  system: OperatingSystem,
  user: { readonly root: boolean },
  work: Work,
): Promise<void> {
  const plan = planEngineInstall(system, user);
  if (plan.sort === 'instruct') throw engineNotFound(plan.text);
  // Where the command-line client is a package of its own, docker.io does not bring it.
  await installPackages({ needed: enginePackages, whereKnown: ['docker-cli'] }, work);
}

/** The error for a machine without an engine; `text` is what `planEngineInstall` says to do. */
export function engineNotFound(text: string): DeployclockError {
  return new DeployclockError('ENGINE_NOT_FOUND', `No Docker engine is installed on this machine. ${text}`);
}

const joinGroup = 'then let your user reach it: sudo usermod -aG docker "$USER", and log in anew';

function instruct(lead: string, what: string, after = ''): InstallPlan {
  return { sort: 'instruct', text: `${lead} ${what}${after === '' ? '' : `; ${after}`}.` };
}
