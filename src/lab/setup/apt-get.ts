import { DeployclockError } from '../../errors.ts';
import { CommandFailure, canRun, runCommand, type Work } from './run-command.ts';

const environment = { DEBIAN_FRONTEND: 'noninteractive' };
/** Another installation may be under way on a machine that just booted. */
const waitForLock = ['-o', 'DPkg::Lock::Timeout=120'];

export interface Packages {
  readonly needed: readonly string[];
  /** Installed too where the archive has them. */
  readonly whereKnown: readonly string[];
}

/** The commands that `installPackages` runs, as a person would type them. */
export function installCommands(needed: readonly string[]): string[] {
  return ['apt-get update', `apt-get install -y --no-install-recommends ${needed.join(' ')}`];
}

/**
 * Installs Debian packages; needs root.
 * @throws DeployclockError INSTALL_FAILED with what apt-get printed last
 */
export async function installPackages(packages: Packages, work: Work): Promise<void> {
  try {
    await runCommand('apt-get', ['update', ...waitForLock], work, { env: environment });
    const known = await Promise.all(packages.whereKnown.map(async (name) => ((await isKnown(name)) ? [name] : [])));
    const names = [...packages.needed, ...known.flat()];
    const install = ['install', '-y', '--no-install-recommends', ...waitForLock, ...names];
    await runCommand('apt-get', install, work, { env: environment });
  } catch (thrown) {
    if (!(thrown instanceof CommandFailure)) throw thrown;
    throw new DeployclockError(
      'INSTALL_FAILED',
      `Installing ${packages.needed.join(', ')} did not work: ${thrown.message}.`,
      {
        hint: installCommands(packages.needed).join(' && '),
        excerpt: thrown.lastLines,
        cause: thrown,
      },
    );
  }
}

/** Whether the archive has the package; a name that other packages merely mention does not count. */
async function isKnown(name: string): Promise<boolean> {
  return await canRun('apt-cache', ['show', '--no-all-versions', name]);
}
