/** The machine's certificate authorities in a context, and where images have them. */
export const caBundleFile = 'ca-certificates.crt';
export const trustStore = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Makes an image trust what this machine trusts, so that its builds work behind a TLS-inspecting proxy. Wanted again after
 * the package `ca-certificates` was installed, which writes a bundle of its own.
 */
export function trustLines(caBundle: boolean): string[] {
  return caBundle ? [`COPY ${caBundleFile} ${trustStore}`] : [];
}

/** One layer of Debian packages, without what apt-get needed to fetch them; `then` is done in the same layer. */
export function packagesLine(packages: readonly string[], ...then: readonly string[]): string {
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const commands = [
    'apt-get update',
    `DEBIAN_FRONTEND=noninteractive ${install}`,
    'rm -rf /var/lib/apt/lists/*',
    ...then,
  ];
  return `RUN ${commands.join(' && ')}`;
}

export function dockerfileText(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
