import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DeployclockError } from '../../../errors.ts';
import { CommandFailure, runCommand, type Work } from '../run-command.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

/** What the stand-ins for `node:20` hold: the same lines as the official image's. */
export const nodeVersions = { node: '^20', npm: '^10' };

/** The Node that runs this process, for want of a better one. */
export interface RunningNode {
  readonly version: string;
  readonly platform: string;
  readonly architecture: string;
  readonly binary: string;
}

const runningNode: RunningNode = {
  version: process.version,
  platform: process.platform,
  architecture: process.arch,
  binary: process.execPath,
};

/**
 * Lays out Node.js 20 and npm 10 under `folder` as the official image does: `usr/local/bin/{node,npm,npx}` and
 * `usr/local/lib/node_modules/npm`. Both come from npm packages; Node's binary from the running process where its package
 * cannot be had and the process is a Node 20 for the same machine.
 * @param architecture as Node names it: `x64`, `arm64`
 * @throws DeployclockError LAB_IMAGE_MISSING
 */
export async function layOutNodeJs(
  folder: string,
  architecture: string,
  work: Work,
  running = runningNode,
): Promise<void> {
  const programs = join(folder, 'usr/local/bin');
  const npm = join(folder, 'usr/local/lib/node_modules/npm');
  await mkdir(programs, { recursive: true });
  await mkdir(npm, { recursive: true });
  await withTemporaryFolder('node', async (downloads) => {
    work.onProgress('fetching Node.js 20 and npm 10');
    try {
      const archive = await pack(`node-linux-${architecture}@${nodeVersions.node}`, join(downloads, 'node'), work);
      await extract(archive, join(folder, 'usr/local'), ['package/bin/node'], work);
    } catch (thrown) {
      if (!(thrown instanceof CommandFailure)) throw thrown;
      if (!canStandIn(running, architecture)) throw notFetched('Node.js 20', thrown);
      await copyFile(running.binary, join(programs, 'node'));
    }
    try {
      await extract(await pack(`npm@${nodeVersions.npm}`, join(downloads, 'npm'), work), npm, [], work);
    } catch (thrown) {
      throw thrown instanceof CommandFailure ? notFetched('npm 10', thrown) : thrown;
    }
  });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(programs, 'npm'));
  await symlink('../lib/node_modules/npm/bin/npx-cli.js', join(programs, 'npx'));
}

/** Whether the running Node's binary can serve as Node 20 for Linux on this architecture. */
function canStandIn(running: RunningNode, architecture: string): boolean {
  return running.version.startsWith('v20.') && running.platform === 'linux' && running.architecture === architecture;
}

/** Downloads a package's archive into a new folder. @returns its path */
async function pack(specification: string, folder: string, work: Work): Promise<string> {
  await mkdir(folder);
  const silent: Work = { signal: work.signal, onProgress: () => {} };
  const printed = await runCommand('npm', ['pack', '--silent', '--pack-destination', folder, specification], silent);
  const name = printed.split('\n').findLast((line) => line.endsWith('.tgz'));
  if (name === undefined) throw new CommandFailure(`npm pack ${specification} named no archive`, printed, null);
  return join(folder, name);
}

async function extract(archive: string, folder: string, members: readonly string[], work: Work): Promise<void> {
  await runCommand('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', '--no-same-owner', ...members], work);
}

function notFetched(what: string, failure: CommandFailure): DeployclockError {
  return new DeployclockError(
    'LAB_IMAGE_MISSING',
    `${what} for the stand-in of the Node image could not be had from the npm registry.`,
    {
      hint: 'npm ping',
      excerpt: failure.lastLines,
      cause: failure,
    },
  );
}
