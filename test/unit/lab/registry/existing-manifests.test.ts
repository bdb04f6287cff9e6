import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { readExistingManifest, removeManifests } from '../../../../src/lab/registry/existing-manifests.ts';
import { createRegistryClient, type RegistryClient } from '../../../../src/lab/registry/registry-client.ts';
import { openSender } from '../../../../src/lab/registry/send.ts';
import { openSecuredRegistry, type SecuredRegistry } from './secured-registry.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const digestOf = (body: string): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;
const layer = { digest: `sha256:${'1'.repeat(64)}`, size: 100 };
const image = JSON.stringify({
  schemaVersion: 2,
  config: { digest: `sha256:${'2'.repeat(64)}`, size: 7 },
  layers: [layer],
});
const other = JSON.stringify({ schemaVersion: 2, config: { digest: `sha256:${'3'.repeat(64)}`, size: 7 }, layers: [] });
const here = process.arch === 'x64' ? 'amd64' : process.arch;
const index = JSON.stringify({
  schemaVersion: 2,
  manifests: [
    { digest: digestOf('attestation'), platform: { os: 'unknown', architecture: 'unknown' } },
    { digest: digestOf(other), platform: { os: 'linux', architecture: 's390x' } },
    { digest: digestOf(image), platform: { os: 'linux', architecture: here } },
  ],
});

/** Serves these manifests by tag and by digest. */
async function serve(
  tags: Readonly<Record<string, string>>,
  onDelete: number,
): Promise<{ server: SecuredRegistry; client: RegistryClient }> {
  const byName = new Map(
    Object.entries(tags).flatMap(([tag, body]) => [
      [tag, body],
      [digestOf(body), body],
    ]),
  );
  for (const body of [image, other]) byName.set(digestOf(body), body);
  const server = await openSecuredRegistry(({ method, path }, answer) => {
    const body = byName.get(path.split('/').at(-1) ?? '');
    if (method === 'DELETE') answer.writeHead(onDelete).end();
    else if (body === undefined) answer.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    else answer.end(body);
  });
  const sender = openSender(server.trust);
  open.push(server.close, sender.close);
  return { server, client: createRegistryClient(sender, server.address, { sort: 'none' }) };
}

const expected = {
  configDigest: `sha256:${'2'.repeat(64)}`,
  layers: [{ digest: layer.digest, size: 100 }],
  wireBytes: 107,
};

test('a manifest is read as it is, of an index the one for this machine, and an absent one is null', async () => {
  const { client } = await serve({ plain: image, several: index, broken: '<html>' }, 202);
  expect(await readExistingManifest(client, 'team/app', 'plain')).toEqual(expected);
  expect(await readExistingManifest(client, 'team/app', 'several')).toEqual(expected);
  expect(await readExistingManifest(client, 'team/app', 'absent')).toBeNull();
  await expect(readExistingManifest(client, 'team/app', 'broken')).rejects.toMatchObject({ code: 'LAB_FAILED' });
});

const ours = 'team/deployclock-x-1-before';

test('manifests are deleted by digest; an absent one is gone already', async () => {
  const { server, client } = await serve({ plain: image, several: index }, 202);
  expect(await removeManifests(client, ours, ['plain', 'several', 'absent'])).toBe('removed');
  const deleted = server.seen.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
  expect(new Set(deleted)).toEqual(
    new Set([`/v2/${ours}/manifests/${digestOf(image)}`, `/v2/${ours}/manifests/${digestOf(index)}`]),
  );
});

test.each([401, 403, 405])('what a registry answers with %s is left there', async (status) => {
  const { client } = await serve({ plain: image }, status);
  expect(await removeManifests(client, ours, ['plain'])).toBe('left');
});

test('nothing is asked of a repository that is not ours', async () => {
  const { server, client } = await serve({ plain: image }, 202);
  await expect(removeManifests(client, 'team/app', ['plain'])).rejects.toThrow(RangeError);
  await expect(removeManifests(client, 'deployclock-x/app', ['plain'])).rejects.toThrow(RangeError);
  expect(server.seen).toEqual([]);
});
