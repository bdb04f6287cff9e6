import { expect, test } from 'vitest';
import {
  type DebianRecipe,
  mmdebstrapParameters,
} from '../../../../../src/lab/setup/recipes/debian-root-file-system.ts';
import { debianSiteIn } from '../../../../../src/lab/setup/recipes/debian-site.ts';
import { planMmdebstrap } from '../../../../../src/lab/setup/recipes/mmdebstrap.ts';

const lean: DebianRecipe = { suite: 'bookworm', packages: [], mergedUsr: 'before-unpacking' };
const full: DebianRecipe = { suite: 'trixie', packages: ['docker.io', 'pigz'], mergedUsr: 'release' };
const bare = { site: null, hooks: null };

test("mmdebstrap gets the release, the packages and this machine's mirror", () => {
  const parameters = mmdebstrapParameters(full, 'out.tar', { site: 'http://mirror.test/debian', hooks: '/hooks' });
  expect(parameters).toContain('--include=docker.io,pigz');
  expect(parameters.slice(-3)).toEqual(['trixie', 'out.tar', 'http://mirror.test/debian']);
  expect(parameters.join(' ')).not.toContain('/hooks');
});

test('without a mirror it is left to its default', () => {
  expect(mmdebstrapParameters(full, 'out.tar', bare).slice(-2)).toEqual(['trixie', 'out.tar']);
});

test('the lean base merges /usr by a hook instead of a package, where there is one', () => {
  const hooked = mmdebstrapParameters(lean, 'out.tar', { site: null, hooks: '/hooks' });
  expect(hooked).toEqual(expect.arrayContaining(['--include=usr-is-merged', '--hook-dir=/hooks']));
  expect(mmdebstrapParameters(lean, 'out.tar', bare).join(' ')).not.toMatch(/--include|--hook-dir/);
});

test('services that packages bring are not started, in the image that comes out neither', () => {
  const parameters = mmdebstrapParameters(lean, 'out.tar', bare);
  expect(parameters).toContainEqual(expect.stringMatching(/^--extract-hook=.*exit 101.*\/usr\/sbin\/policy-rc\.d/));
  expect(parameters.find((parameter) => parameter.startsWith('--skip='))).toContain('chroot/policy-rc.d');
});

const targets = (...lines: string[]): string => `${lines.join('\n')}\n`;

test("the Debian site is the one of the release's main archive", () => {
  const found = debianSiteIn(
    targets(
      'http://security.test/debian-security bookworm-security main Debian',
      'http://mirror.test/debian bookworm-updates main Debian',
      'http://other.test/ubuntu noble main Ubuntu',
      'http://mirror.test/debian bookworm contrib Debian',
      'http://main.test/debian bookworm main Debian',
    ),
  );
  expect(found).toBe('http://main.test/debian');
});

test('sources that mmdebstrap could not use are no site', () => {
  expect(
    debianSiteIn(targets('mirror+file:/etc/apt/mirrors.list bookworm main Debian', 'cdrom:disc bookworm main Debian')),
  ).toBeNull();
  expect(debianSiteIn(targets('http://archive.test/ubuntu noble main Ubuntu'))).toBeNull();
  expect(debianSiteIn('')).toBeNull();
});

test('mmdebstrap is installed by root on Debian and Ubuntu, with the keys that Ubuntu lacks', () => {
  const debian = { platform: 'linux', id: 'debian', idLike: [], codename: null, versionId: null } as const;
  const ubuntu = { ...debian, id: 'ubuntu', idLike: ['debian'] };
  expect(planMmdebstrap(debian, { root: true })).toEqual({ sort: 'install', packages: ['mmdebstrap'] });
  expect(planMmdebstrap(ubuntu, { root: true })).toEqual({
    sort: 'install',
    packages: ['mmdebstrap', 'debian-archive-keyring'],
  });
  expect(planMmdebstrap(debian, { root: false })).toMatchObject({
    sort: 'refuse',
    reason: expect.stringContaining('root'),
  });
  expect(planMmdebstrap({ ...debian, id: 'fedora' }, { root: true })).toMatchObject({ sort: 'refuse' });
  expect(planMmdebstrap({ ...debian, platform: 'darwin' }, { root: true })).toMatchObject({ sort: 'refuse' });
});
