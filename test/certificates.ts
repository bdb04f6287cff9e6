import { generate } from 'selfsigned';

/** An authority that nobody knows, and a server's certificate from it. PEM texts. */
export interface Certificates {
  readonly authority: string;
  readonly cert: string;
  readonly key: string;
}

export async function makeCertificates(ip: string): Promise<Certificates> {
  const common = { keyType: 'ec', algorithm: 'sha256' } as const;
  const authority = await generate([{ name: 'commonName', value: 'deployclock test authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'deployclock test registry' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
    ],
  });
  return { authority: authority.cert, cert: server.cert, key: server.private };
}
