import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { DeployclockError, messageOf } from '../../errors.ts';

/** What a registry's certificate is checked against, and what is shown to it. */
export interface Trust {
  /** PEM texts. */
  readonly authorities: readonly string[];
  /** A client's certificate and key; null where there is none. */
  readonly identity: { readonly cert: string; readonly key: string } | null;
  /** The same as Docker lays it out in a registry's folder of certs.d, without what engines bring along. */
  readonly files: readonly CertificateFile[];
}

export interface CertificateFile {
  readonly name: string;
  readonly content: string;
}

const pem = /-----BEGIN CERTIFICATE-----/;

/**
 * What Docker trusts for this registry: the public authorities, and a file that somebody names, or else what lies in the registry's own folder
 * of certs.d (`*.crt` authorities, `*.cert` and `*.key` a client's).
 * @param folders certs.d folders, the first that has one for this host counts
 * @throws DeployclockError USAGE where the named file is none
 */
export async function findTrust(host: string, caFile: string | null, folders: readonly string[]): Promise<Trust> {
  const files = caFile === null ? await readCertificates(host, folders) : [await readAuthority(caFile)];
  const contentOf = (ending: string): string[] =>
    files.filter(({ name }) => name.endsWith(ending)).map(({ content }) => content);
  const [cert, key] = [contentOf('.cert')[0], contentOf('.key')[0]];
  const identity = cert === undefined || key === undefined ? null : { cert, key };
  return {
    authorities: [...rootCertificates, ...contentOf('.crt')],
    identity,
    // An engine that finds one half of a client's certificate refuses to go on.
    files: identity === null ? files.filter(({ name }) => name.endsWith('.crt')) : files,
  };
}

/** The same, with this machine's own authorities: those of a company, of an inspecting proxy. */
export function withMachineTrust(trust: Trust, bundle: string): Trust {
  return {
    ...trust,
    authorities: [...trust.authorities, bundle],
    files: [...trust.files, { name: 'machine.crt', content: bundle }],
  };
}

async function readAuthority(path: string): Promise<CertificateFile> {
  const content = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new DeployclockError('USAGE', `--registry-ca ${path} cannot be read: ${messageOf(thrown)}`);
  });
  if (pem.test(content)) return { name: 'ca.crt', content };
  throw new DeployclockError('USAGE', `--registry-ca ${path} holds no certificate in PEM form.`, {
    hint: `openssl x509 -inform der -in ${path} -out ca.crt`,
  });
}

async function readCertificates(host: string, folders: readonly string[]): Promise<CertificateFile[]> {
  for (const folder of folders) {
    const own = join(folder, host);
    const names = (await readdir(own).catch(() => [])).filter((name) => /\.(crt|cert|key)$/.test(name)).toSorted();
    const files = await Promise.all(
      // A key that this user may not read is one that only the engine has.
      names.map(async (name) => ({ name, content: await readFile(join(own, name), 'utf8').catch(() => '') })),
    );
    const readable = files.filter(({ content }) => content !== '');
    if (readable.length > 0) return readable;
  }
  return [];
}
