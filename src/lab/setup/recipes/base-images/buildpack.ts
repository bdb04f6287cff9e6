import { dpkgSettingsFile } from '../debian-root-file-system.ts';
import { debianStandIn } from './debian.ts';
import { packagesLine, trustLines } from './dockerfile-lines.ts';

/** The layers of buildpack-deps, which the official full-size images stand on: its curl, scm and full package sets. */
const packageSets: readonly (readonly string[])[] = [
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

/** Unlike the slim image, full-size ones keep their packages' manuals and translations. */
const installWithDocs = `RUN echo force-unsafe-io > ${dpkgSettingsFile}`;

/** How a full-size image begins. The same lines in each of them, so that the layers are made once and stored once. */
export function buildpackLines(caBundle: boolean): string[] {
  return [
    `FROM ${debianStandIn.image}`,
    installWithDocs,
    ...packageSets.map((packages) => packagesLine(packages)),
    ...trustLines(caBundle),
  ];
}

/** What every stand-in on these layers lacks. */
export const buildpackDifference = 'the base system comes without manuals and translations';
