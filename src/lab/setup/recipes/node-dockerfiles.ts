import { dpkgSettingsFile } from './debian-root-file-system.ts';

/** The stand-ins for the official Node images: image name, and its Dockerfile in the shared context. */
export const nodeStandIns = [
  { image: 'node:20', dockerfile: 'node-20.Dockerfile' },
  { image: 'node:20-slim', dockerfile: 'node-20-slim.Dockerfile' },
] as const;
export type NodeStandIn = (typeof nodeStandIns)[number];

/** Names of the context's files. */
export const baseTar = 'base.tar';
export const caBundleFile = 'ca-certificates.crt';
export const nodeFolder = 'node';

const trustStore = '/etc/ssl/certs/ca-certificates.crt';

/** The layers of buildpack-deps, which the official full-size image stands on: its curl, scm and full package sets. */
const buildpackLayers: readonly (readonly string[])[] = [
  ['ca-certificates', 'curl', 'gnupg', 'netbase', 'sq', 'wget', 'tzdata'],
  ['git', 'mercurial', 'openssh-client', 'subversion', 'procps'],
  [
    ...['autoconf', 'automake', 'bzip2', 'default-libmysqlclient-dev', 'dpkg-dev', 'file', 'g++', 'gcc', 'imagemagick'],
    ...['libbz2-dev', 'libc6-dev', 'libcurl4-openssl-dev', 'libdb-dev', 'libevent-dev', 'libffi-dev', 'libgdbm-dev'],
    ...['libglib2.0-dev', 'libgmp-dev', 'libjpeg-dev', 'libkrb5-dev', 'liblzma-dev', 'libmagickcore-dev'],
    ...['libmagickwand-dev', 'libmaxminddb-dev', 'libncurses5-dev', 'libncursesw5-dev', 'libpng-dev', 'libpq-dev'],
    ...['libreadline-dev', 'libsqlite3-dev', 'libssl-dev', 'libtool', 'libwebp-dev', 'libxml2-dev', 'libxslt-dev'],
    ...['libyaml-dev', 'make', 'patch', 'unzip', 'xz-utils', 'zlib1g-dev'],
  ],
];

/**
 * The text of a stand-in's Dockerfile. Like the official images: a Debian base, for the full size the buildpack-deps layers,
 * the user `node`, then Node.js. Unlike them, it trusts what this machine trusts, so that `npm ci` works behind a
 * TLS-inspecting proxy.
 * @param caBundle whether the context holds one
 */
export function nodeDockerfile(image: NodeStandIn['image'], caBundle: boolean): string {
  // Before the packages for a Debian mirror that is asked over TLS; after them because ca-certificates writes its own.
  const trust = caBundle ? [`COPY ${caBundleFile} ${trustStore}`] : [];
  const packages = image === 'node:20' ? [installWithDocs, ...buildpackLayers.map(installLayer), ...trust] : [];
  return [
    'FROM scratch',
    `ADD ${baseTar} /`,
    ...trust,
    ...packages,
    ...(caBundle ? [`ENV NODE_EXTRA_CA_CERTS=${trustStore} SSL_CERT_FILE=${trustStore}`] : []),
    'RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node',
    `COPY ${nodeFolder}/ /`,
    'CMD ["node"]',
    '',
  ].join('\n');
}

/** Unlike the slim image, the full-size one keeps its packages' manuals and translations. */
const installWithDocs = `RUN echo force-unsafe-io > ${dpkgSettingsFile}`;

function installLayer(packages: readonly string[]): string {
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  return `RUN apt-get update && DEBIAN_FRONTEND=noninteractive ${install} && rm -rf /var/lib/apt/lists/*`;
}
