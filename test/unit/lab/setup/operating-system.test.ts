import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isLike, parseOsRelease, readOperatingSystem } from '../../../../src/lab/setup/operating-system.ts';

const ubuntu = `PRETTY_NAME="Ubuntu 24.04.1 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
# a comment
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
`;

test('reads quoted and bare values', () => {
  expect(parseOsRelease(ubuntu)).toEqual({ id: 'ubuntu', idLike: ['debian'], codename: 'noble', versionId: '24.04' });
  expect(parseOsRelease('ID=\'rocky\'\nID_LIKE="rhel centos fedora"\n')).toEqual({
    id: 'rocky',
    idLike: ['rhel', 'centos', 'fedora'],
    codename: null,
    versionId: null,
  });
});

test('an empty value is missing', () => {
  expect(parseOsRelease('ID=""\nVERSION_ID=\n')).toEqual({ id: null, idLike: [], codename: null, versionId: null });
});

test('reads the file on Linux alone, and a missing one says nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'system-'));
  const file = join(folder, 'os-release');
  await writeFile(file, ubuntu);
  expect(await readOperatingSystem('linux', file)).toMatchObject({ platform: 'linux', id: 'ubuntu' });
  expect(await readOperatingSystem('darwin', file)).toMatchObject({ platform: 'darwin', id: null });
  await rm(folder, { recursive: true });
  expect(await readOperatingSystem('linux', file)).toMatchObject({ platform: 'linux', id: null, idLike: [] });
});

test('a system is like its ancestors', () => {
  const system = { platform: 'linux', ...parseOsRelease(ubuntu) } as const;
  expect(isLike(system, 'debian')).toBe(true);
  expect(isLike(system, 'fedora', 'ubuntu')).toBe(true);
  expect(isLike(system, 'fedora')).toBe(false);
});
