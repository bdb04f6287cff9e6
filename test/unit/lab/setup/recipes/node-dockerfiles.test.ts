import { expect, test } from 'vitest';
import { nodeDockerfile, nodeStandIns } from '../../../../../src/lab/setup/recipes/node-dockerfiles.ts';

const lines = (image: (typeof nodeStandIns)[number]['image'], caBundle: boolean): string[] =>
  nodeDockerfile(image, caBundle).trimEnd().split('\n');

test('the slim image is the base and Node.js alone', () => {
  const slim = lines('node:20-slim', false);
  expect(slim.slice(0, 2)).toEqual(['FROM scratch', 'ADD base.tar /']);
  expect(slim.at(-1)).toBe('CMD ["node"]');
  expect(slim.join('\n')).not.toContain('apt-get');
});

test('the full image installs its packages in three layers, none of which keeps package lists', () => {
  const installs = lines('node:20', false).filter((line) => line.includes('apt-get install'));
  expect(installs).toHaveLength(3);
  for (const line of installs) {
    expect(line).toContain('--no-install-recommends');
    expect(line).toMatch(/&& rm -rf \/var\/lib\/apt\/lists\/\*$/);
  }
  expect(installs.map((line) => ['curl', 'git', 'g++'].filter((name) => line.split(' ').includes(name)))).toEqual([
    ['curl'],
    ['git'],
    ['g++'],
  ]);
});

test('only the full image lets its packages keep their manuals', () => {
  const text = lines('node:20', false);
  const lifted = text.findIndex((line) => line.includes('/etc/dpkg/dpkg.cfg.d/'));
  expect(lifted).toBeGreaterThan(0);
  expect(lifted).toBeLessThan(text.findIndex((line) => line.includes('apt-get install')));
  expect(nodeDockerfile('node:20-slim', false)).not.toContain('dpkg.cfg.d');
});

test.each(nodeStandIns)(
  "$image trusts what the machine trusts, after the packages' own bundle was written",
  ({ image }) => {
    const text = lines(image, true);
    const lastCopy = text.findLastIndex((line) => line.startsWith('COPY ca-certificates.crt'));
    expect(lastCopy).toBeGreaterThan(text.findLastIndex((line) => line.includes('apt-get')));
    expect(text.find((line) => line.startsWith('ENV'))).toMatch(/NODE_EXTRA_CA_CERTS=\S+ SSL_CERT_FILE=\S+/);
  },
);

test.each(nodeStandIns)('$image does not speak of a bundle that is not there', ({ image }) => {
  expect(nodeDockerfile(image, false)).not.toMatch(/ca-certificates\.crt|CERT/);
});
