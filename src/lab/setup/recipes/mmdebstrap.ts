import { DeployclockError } from '../../../errors.ts';
import { installPackages } from '../apt-get.ts';
import { isLike, type OperatingSystem, readOperatingSystem } from '../operating-system.ts';
import { canRun, type Work } from '../run-command.ts';

type MmdebstrapPlan =
  | { readonly sort: 'install'; readonly packages: readonly string[] }
  | { readonly sort: 'refuse'; readonly reason: string };

/** How mmdebstrap gets onto a machine that lacks it. */
export function planMmdebstrap(system: OperatingSystem, user: { readonly root: boolean }): MmdebstrapPlan {
  if (system.platform !== 'linux' || !isLike(system, 'debian', 'ubuntu')) {
    return { sort: 'refuse', reason: 'stand-ins are made from Debian packages, on Debian or Ubuntu alone' };
  }
  if (!user.root) return { sort: 'refuse', reason: 'making stand-ins from Debian packages needs root' };
  // Ubuntu trusts its own archive's keys only.
  return {
    sort: 'install',
    packages: system.id === 'debian' ? ['mmdebstrap'] : ['mmdebstrap', 'debian-archive-keyring'],
  };
}

/** Root file systems are made side by side, and apt-get refuses to run twice at a time. */
let underWay: Promise<void> | null = null;

/**
 * Makes sure that mmdebstrap can be used here, by installing it where that is possible. Who asks while another is at it waits
 * for the same installation.
 * @throws DeployclockError LAB_IMAGE_MISSING saying what else would do; INSTALL_FAILED
 */
export async function requireMmdebstrap(work: Work): Promise<void> {
  underWay ??= provideMmdebstrap(work).finally(() => {
    underWay = null;
  });
  await underWay;
}

async function provideMmdebstrap(work: Work): Promise<void> {
  const plan = planMmdebstrap(await readOperatingSystem(), { root: process.getuid?.() === 0 });
  if (plan.sort === 'refuse') throw noStandIns(plan.reason);
  if (await canRun('mmdebstrap', ['--version'])) return;
  work.onProgress('installing mmdebstrap');
  await installPackages({ needed: plan.packages, whereKnown: [] }, work);
}

function noStandIns(reason: string): DeployclockError {
  return new DeployclockError(
    'LAB_IMAGE_MISSING',
    `The public image registry does not answer, and stand-ins for the lab's images cannot be made here: ${reason}.`,
    {
      hint: 'Give this machine access to the public image registry (or a mirror of it, in the engine’s settings), or run `deployclock setup` as root on Debian or Ubuntu.',
    },
  );
}
