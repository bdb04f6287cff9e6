import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';
import type { RegistryAddress } from '../../../../src/lab/registry/registry-address.ts';
import type { Trust } from '../../../../src/lab/registry/trust.ts';
import { makeCertificates } from '../../../certificates.ts';

/** One request as the server saw it. */
interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  readonly body: string;
}

export interface SecuredRegistry {
  readonly address: RegistryAddress;
  readonly origin: string;
  readonly trust: Trust;
  readonly authority: string;
  readonly seen: readonly SeenRequest[];
  readonly close: () => Promise<void>;
}

export type Answer = (request: SeenRequest, answer: ServerResponse, origin: string) => void;

/**
 * A real HTTPS server on loopback with a certificate from an authority of its own: the ways in which registries want to be logged in to are
 * many, and no one registry has them all. A whole registry with TLS and a login is in test/lab.
 */
export async function openSecuredRegistry(answer: Answer): Promise<SecuredRegistry> {
  const certificates = await makeCertificates('127.0.0.1');
  const seen: SeenRequest[] = [];
  let origin = '';
  const server = createServer({ cert: certificates.cert, key: certificates.key }, (incoming, outgoing) => {
    void note(incoming).then((request) => {
      seen.push(request);
      answer(request, outgoing, origin);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = `https://${host}`;
  return {
    address: { host, apiHost: host, prefix: '', loginKey: host },
    origin,
    trust: { authorities: [...rootCertificates, certificates.authority], identity: null, files: [] },
    authority: certificates.authority,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function note(incoming: IncomingMessage): Promise<SeenRequest> {
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    authorization: incoming.headers.authorization ?? null,
    body: await text(incoming),
  };
}
