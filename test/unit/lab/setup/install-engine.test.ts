import { expect, test } from 'vitest';
import { installEngine, planEngineInstall } from '../../../../src/lab/setup/install-engine.ts';
import type { OperatingSystem } from '../../../../src/lab/setup/operating-system.ts';

const linux = (id: string, ...idLike: string[]): OperatingSystem => ({
  platform: 'linux',
  id,
  idLike,
  codename: null,
  versionId: null,
});
const on = (platform: NodeJS.Platform): OperatingSystem => ({ ...linux('none'), platform, id: null });
const root = { root: true };
const someone = { root: false };

test.each([linux('debian'), linux('ubuntu', 'debian'), linux('pop', 'ubuntu', 'debian')])(
  'root on $id: installs',
  (system) => {
    const plan = planEngineInstall(system, root);
    expect(plan).toEqual({
      sort: 'install',
      commands: ['apt-get update', 'apt-get install -y --no-install-recommends docker.io iptables'],
    });
  },
);

test.each([
  [linux('debian'), /sudo apt-get update && sudo apt-get install .*docker\.io.*usermod/],
  [linux('fedora'), /sudo dnf install moby-engine && sudo systemctl/],
  [linux('rocky', 'rhel', 'centos', 'fedora'), /dnf install/],
  [linux('manjaro', 'arch'), /pacman -S docker/],
  [linux('alpine'), /apk add docker/],
  [linux('nixos'), /package manager of this system/],
  [on('darwin'), /colima/],
  [on('win32'), /Docker Desktop/],
])('without root, $id says what to type', (system, text) => {
  expect(planEngineInstall(system, someone)).toEqual({ sort: 'instruct', text: expect.stringMatching(text) });
});

test('root is not told to use sudo', () => {
  expect(planEngineInstall(linux('arch'), root)).toEqual({
    sort: 'instruct',
    text: expect.not.stringContaining('sudo'),
  });
});

test('installing where a person has to do it fails with what to do', async () => {
  const work = { onProgress: () => {}, signal: new AbortController().signal };
  await expect(installEngine(linux('alpine'), root, work)).rejects.toMatchObject({
    code: 'ENGINE_NOT_FOUND',
    message: expect.stringContaining('apk add docker'),
  });
});
