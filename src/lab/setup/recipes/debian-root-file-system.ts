import { existsSync } from 'node:fs';
import { freemem } from 'node:os';
import { DeployclockError } from '../../../errors.ts';
import { CommandFailure, runCommand, type Work } from '../run-command.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { findDebianSite } from './debian-site.ts';
import { requireMmdebstrap } from './mmdebstrap.ts';

/** A Debian root file system: a release, what is in it beside the smallest set, and how /bin becomes part of /usr. */
export interface DebianRecipe {
  readonly suite: 'trixie' | 'bookworm';
  readonly packages: readonly string[];
  /**
   * `release`: as the release does it. `before-unpacking`: by mmdebstrap's own hook; where the release does it with a package
   * that needs all of Perl, this is how the official slim images stay small.
   */
  readonly mergedUsr: 'release' | 'before-unpacking';
}

const mergedUsrHooks = '/usr/share/mmdebstrap/hooks/maybe-merged-usr';

/** Where dpkg's settings lie in the root file system. */
export const dpkgSettingsFile = '/etc/dpkg/dpkg.cfg.d/deployclock';

/** What the slim images leave out, and no fsync for files that a crash may have. */
const dpkgSettings = [
  'force-unsafe-io',
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/locale/*',
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
];

/**
 * Given to dpkg after the smallest set is unpacked: as an option from the start, mmdebstrap would send every package through
 * a filter of its own, for a fifth of the whole time.
 */
const excludeHook = [
  'mkdir -p "$1/etc/dpkg/dpkg.cfg.d"',
  `printf "%s\\n" ${quoted(dpkgSettings)} > "$1${dpkgSettingsFile}"`,
  'rm -rf "$1"/usr/share/man/* "$1"/usr/share/info/* "$1"/usr/share/locale/*',
  'find "$1/usr/share/doc" -not -type d -not -name copyright -delete',
  'find "$1/usr/share/doc" -type d -empty -delete',
].join(' && ');

/** As the official images have it: a service that apt-get installs, in the recipe or in a layer, is not started. */
const policyHook = [
  'printf "%s\\n" "#!/bin/sh" "exit 101" > "$1/usr/sbin/policy-rc.d"',
  'chmod 755 "$1/usr/sbin/policy-rc.d"',
].join(' && ');

/** As the official images have it: apt-get in a layer leaves neither package archives nor its own caches behind. */
const aptSettings = [
  'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };',
  'Dir::Cache::pkgcache "";',
  'Dir::Cache::srcpkgcache "";',
];

/** mmdebstrap leaves this machine's name and resolvers inside; Docker gives every container its own. */
const finishHook = [
  ': > "$1/etc/hostname"',
  ': > "$1/etc/resolv.conf"',
  // What apt-get wrote before it had these settings, it would not remove with them.
  'rm -f "$1"/var/cache/apt/*.bin',
  `printf "%s\\n" ${quoted(aptSettings)} > "$1/etc/apt/apt.conf.d/deployclock"`,
].join(' && ');

/** Needs this much memory for a root file system and its packages, twice over. */
const memoryForTmpfs = 2 * 1024 ** 3;

/** What mmdebstrap is asked for. `site` null: its own default; `hooks` null: this mmdebstrap has no hook for a merged /usr. */
export function mmdebstrapParameters(
  recipe: DebianRecipe,
  output: string,
  machine: { readonly site: string | null; readonly hooks: string | null },
): string[] {
  const hooks = recipe.mergedUsr === 'before-unpacking' ? machine.hooks : null;
  const packages = hooks === null ? recipe.packages : ['usr-is-merged', ...recipe.packages];
  return [
    '--variant=minbase',
    ...(packages.length === 0 ? [] : [`--include=${packages.join(',')}`]),
    ...(hooks === null ? [] : [`--hook-dir=${hooks}`]),
    '--aptopt=Acquire::Languages "none"',
    `--extract-hook=${excludeHook}`,
    `--extract-hook=${policyHook}`,
    `--customize-hook=${finishHook}`,
    // Docker fills /dev itself, and an engine without the right to make device nodes could not unpack them. The policy file
    // mmdebstrap would remove at its end.
    '--skip=output/dev,chroot/policy-rc.d',
    recipe.suite,
    output,
    ...(machine.site === null ? [] : [machine.site]),
  ];
}

/**
 * Makes the tar file `output` from Debian packages; needs root and about half a minute.
 *
 * mmdebstrap runs in mount and process namespaces of its own: called off, it is gone at once with all its mounts, and
 * nothing that it had bound (the machine's /dev among them) can be reached by the removal of its folder.
 * @throws DeployclockError LAB_IMAGE_MISSING with mmdebstrap's last lines
 */
export async function makeDebianRootFileSystem(recipe: DebianRecipe, output: string, work: Work): Promise<void> {
  await requireMmdebstrap(work);
  const site = await findDebianSite();
  const hooks = existsSync(mergedUsrHooks) ? mergedUsrHooks : null;
  const parameters = mmdebstrapParameters(recipe, output, { site, hooks });
  await withTemporaryFolder('debian', async (folder) => {
    const prepare = freemem() > memoryForTmpfs ? 'mount -t tmpfs tmpfs "$TMPDIR"' : 'true';
    const isolated = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', `${prepare} && mmdebstrap "$@"`, 'sh'];
    try {
      // unshare passes no signal on while it waits; killed, it takes its namespace's processes with it.
      await runCommand('unshare', [...isolated, ...parameters], work, {
        env: { TMPDIR: folder },
        killSignal: 'SIGKILL',
      });
    } catch (thrown) {
      if (!(thrown instanceof CommandFailure)) throw thrown;
      throw new DeployclockError(
        'LAB_IMAGE_MISSING',
        `Making a Debian ${recipe.suite} root file system did not work.`,
        {
          excerpt: thrown.lastLines,
          cause: thrown,
        },
      );
    }
  });
}

function quoted(lines: readonly string[]): string {
  return lines.map((line) => `'${line}'`).join(' ');
}

/** Everything in this file that shapes a root file system, for the recipe's hash. */
export function debianIngredients(recipe: DebianRecipe): unknown {
  return mmdebstrapParameters(recipe, 'output', { site: null, hooks: mergedUsrHooks });
}
