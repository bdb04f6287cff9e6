import { readFile } from 'node:fs/promises';

const systemBundle = '/etc/ssl/certs/ca-certificates.crt';

/**
 * The certificate authorities that this machine trusts, so that a build inside an image trusts what the machine does, a
 * TLS-inspecting proxy included. All of the usual places together: NODE_EXTRA_CA_CERTS often holds the proxy's alone.
 * @returns PEM blocks, each once; null where the machine has no bundle
 */
export async function readCaBundle(
  env: Readonly<Record<string, string | undefined>>,
  system = systemBundle,
): Promise<string | null> {
  const files = [env.NODE_EXTRA_CA_CERTS, env.SSL_CERT_FILE, system].filter(
    (file) => file !== undefined && file !== '',
  );
  const texts = await Promise.all([...new Set(files)].map((file) => readFile(file as string, 'utf8').catch(() => '')));
  const blocks = texts.flatMap(
    (text) => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [],
  );
  return blocks.length === 0 ? null : `${[...new Set(blocks)].join('\n')}\n`;
}
