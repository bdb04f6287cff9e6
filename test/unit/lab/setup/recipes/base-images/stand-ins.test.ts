import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { expect, test } from 'vitest';
import { gccStandIn } from '../../../../../../src/lab/setup/recipes/base-images/gcc.ts';
import { nginxStandIn } from '../../../../../../src/lab/setup/recipes/base-images/nginx.ts';
import { nodeStandIn, slimNodeStandIn } from '../../../../../../src/lab/setup/recipes/base-images/node.ts';
import { rootFileSystemTar, type StandIn } from '../../../../../../src/lab/setup/recipes/base-images/stand-in.ts';
import { standIns } from '../../../../../../src/lab/setup/recipes/base-images/stand-ins.ts';

const lines = ({ dockerfile }: StandIn, caBundle = false): string[] => dockerfile(caBundle).trimEnd().split('\n');
const isInstall = (line: string): boolean => line.includes('apt-get install');
const isTrust = (line: string): boolean => line.startsWith('COPY ca-certificates.crt ');

test('the images that the scenarios begin with have a stand-in each', () => {
  expect(standIns.map(({ image }) => image).toSorted()).toEqual([
    'debian:bookworm-slim',
    'gcc:12',
    'nginx:1.22',
    'node:20',
    'node:20-slim',
  ]);
});

test('the root file system is unpacked once, and every image stands on what was built before it', () => {
  const built = new Set(['scratch']);
  for (const standIn of standIns) {
    const [from = ''] = lines(standIn);
    expect(built).toContain(from.replace('FROM ', ''));
    built.add(standIn.image);
  }
  expect(standIns.filter(({ parts }) => parts.includes(rootFileSystemTar))).toHaveLength(1);
});

test.each(standIns)(
  'the context of $image has every file that its Dockerfile copies, and no heavy one besides',
  (standIn) => {
    const copied = DockerfileParser.parse(standIn.dockerfile(true))
      .getInstructions()
      .filter((instruction) => ['ADD', 'COPY'].includes(instruction.getKeyword()))
      .map((instruction) => (instruction.getArguments()[0]?.getValue() ?? '').replace(/\/$/, ''));
    const held = new Set([...standIn.parts, ...Object.keys(standIn.texts), 'ca-certificates.crt']);
    expect(held).toEqual(new Set([...copied, 'ca-certificates.crt']));
  },
);

test('node:20 and gcc:12 share all layers of packages, certificate authorities included', () => {
  const [node, gcc] = [lines(nodeStandIn, true), lines(gccStandIn, true)];
  const shared = gcc.slice(0, -1);
  expect(gcc.at(-1)).toMatch(/^CMD /);
  expect(node.slice(0, shared.length)).toEqual(shared);
  expect(node.slice(shared.length).filter(isInstall)).toEqual([]);
});

test('the full-size images install their packages in three layers, and let them keep their manuals', () => {
  const full = lines(nodeStandIn);
  const installs = full.filter(isInstall);
  expect(installs.map((line) => ['curl', 'git', 'g++'].filter((name) => line.split(' ').includes(name)))).toEqual([
    ['curl'],
    ['git'],
    ['g++'],
  ]);
  const lifted = full.findIndex((line) => line.includes('/etc/dpkg/dpkg.cfg.d/'));
  expect(lifted).toBeGreaterThan(0);
  expect(lifted).toBeLessThan(full.findIndex(isInstall));
});

test('the slim Node image installs nothing', () => {
  expect(slimNodeStandIn.dockerfile(true)).not.toMatch(/apt-get|dpkg/);
  expect(lines(slimNodeStandIn).at(-1)).toBe('CMD ["node"]');
});

test.each(standIns)('no layer of $image keeps package lists', (standIn) => {
  for (const line of lines(standIn).filter(isInstall)) {
    expect(line).toContain('--no-install-recommends');
    expect(line).toContain('&& rm -rf /var/lib/apt/lists/*');
  }
});

test.each(standIns)("$image trusts what the machine trusts, after the packages' own bundle was written", (standIn) => {
  const text = [...lines(standIns[0] as StandIn, true), ...lines(standIn, true)];
  expect(text.findLastIndex(isTrust)).toBeGreaterThan(text.findLastIndex(isInstall));
});

test.each([nodeStandIn, slimNodeStandIn])('$image tells Node.js of the authorities', (standIn) => {
  expect(standIn.dockerfile(true)).toMatch(/^ENV NODE_EXTRA_CA_CERTS=\S+ SSL_CERT_FILE=\S+$/m);
});

test.each(standIns)('$image does not speak of a bundle that is not there', (standIn) => {
  expect(standIn.dockerfile(false)).not.toMatch(/ca-certificates\.crt|CERT/);
});

test('nginx serves on port 80 in the foreground, is stopped gracefully, and logs where Docker reads', () => {
  const text = nginxStandIn.dockerfile(false);
  expect(text).toMatch(/^EXPOSE 80$/m);
  expect(text).toMatch(/^STOPSIGNAL SIGQUIT$/m);
  expect(text).toContain('CMD ["nginx", "-g", "daemon off;"]');
  expect(text).toMatch(/ln -sf \/dev\/stdout \/var\/log\/nginx\/access\.log/);
  expect(nginxStandIn.texts['nginx.conf']).toContain('include /etc/nginx/conf.d/*.conf;');
  expect(nginxStandIn.texts['default.conf']).toMatch(/listen 80;[\s\S]*root \/usr\/share\/nginx\/html;/);
});

test('the documentation tells every difference', () => {
  const measuring = readFileSync(join(import.meta.dirname, '../../../../../../docs/measuring.md'), 'utf8');
  for (const { image, differences } of standIns) {
    const row = measuring.split('\n').find((line) => line.startsWith(`| \`${image}\``)) ?? '';
    for (const difference of differences) expect(row).toContain(difference);
  }
});
