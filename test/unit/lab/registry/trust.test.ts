import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTrust, withMachineTrust } from '../../../../src/lab/registry/trust.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const certificate = (name: string): string => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`;

async function put(host: string, name: string, content: string): Promise<void> {
  await mkdir(join(folder, host), { recursive: true });
  await writeFile(join(folder, host, name), content);
}

test('without any file the public authorities are trusted, and nodes need nothing', async () => {
  expect(await findTrust('r.example', null, [folder])).toEqual({
    authorities: [...rootCertificates],
    identity: null,
    files: [],
  });
});

test('what Docker has for the registry is used, and that for another port is not', async () => {
  await put('r.example:5000', 'ca.crt', certificate('own'));
  await put('r.example:5000', 'client.cert', certificate('me'));
  await put('r.example:5000', 'client.key', 'my key');
  await put('r.example', 'ca.crt', certificate('other'));
  const trust = await findTrust('r.example:5000', null, [join(folder, 'absent'), folder]);
  expect(trust.authorities).toEqual([...rootCertificates, certificate('own')]);
  expect(trust.identity).toEqual({ cert: certificate('me'), key: 'my key' });
  expect(trust.files.map(({ name }) => name)).toEqual(['ca.crt', 'client.cert', 'client.key']);
});

test('half a client’s certificate is not handed on', async () => {
  await put('r.example', 'ca.crt', certificate('own'));
  await put('r.example', 'client.cert', certificate('me'));
  const trust = await findTrust('r.example', null, [folder]);
  expect(trust.identity).toBeNull();
  expect(trust.files.map(({ name }) => name)).toEqual(['ca.crt']);
});

test('a file that somebody names counts alone', async () => {
  await put('r.example', 'ca.crt', certificate('own'));
  const named = join(folder, 'named.pem');
  await writeFile(named, certificate('named'));
  const trust = await findTrust('r.example', named, [folder]);
  expect(trust.files).toEqual([{ name: 'ca.crt', content: certificate('named') }]);
  const machine = withMachineTrust(trust, certificate('machine'));
  expect(machine.authorities).toEqual([...rootCertificates, certificate('named'), certificate('machine')]);
  expect(machine.files.map(({ name }) => name)).toEqual(['ca.crt', 'machine.crt']);
});

test('a named file that is none', async () => {
  await expect(findTrust('r.example', join(folder, 'absent'), [])).rejects.toMatchObject({ code: 'USAGE' });
  await writeFile(join(folder, 'der'), Buffer.from([0x30, 0x82]));
  await expect(findTrust('r.example', join(folder, 'der'), [])).rejects.toMatchObject({
    code: 'USAGE',
    hint: expect.stringContaining('openssl x509 -inform der'),
  });
});
