import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from '../../../../src/lab/registry/registry.ts';
import { startTarget } from './between.ts';

/** What came in of an upload, by the registry's own clock, without the first 200 ms. */
interface Upload {
  firstAt: number;
  fromAt: number;
  lastAt: number;
  bytes: number;
  ended: 'open' | 'answered' | 'cancelled';
}

export interface RegistryTarget {
  readonly registry: Registry;
  readonly uploads: Upload[];
}

/** As much of a registry's API as a probe uses, over real HTTP. One image, of a small layer and a big one; none where `bigLayer` is null. */
export async function startRegistryTarget(bigLayer: Buffer | null): Promise<RegistryTarget> {
  const uploads: Upload[] = [];
  const layers = [
    { digest: 'sha256:small', size: 10 },
    ...(bigLayer === null ? [] : [{ digest: 'sha256:big', size: bigLayer.length }]),
  ];
  const json = (outgoing: ServerResponse, body: unknown): void => {
    outgoing.end(JSON.stringify(body));
  };
  const answers: Record<string, (incoming: IncomingMessage, outgoing: ServerResponse) => void> = {
    'GET /v2/': (_incoming, outgoing) => json(outgoing, {}),
    'GET /v2/_catalog': (_incoming, outgoing) =>
      json(outgoing, { repositories: bigLayer === null ? [] : ['library/node'] }),
    'GET /v2/library/node/tags/list': (_incoming, outgoing) => json(outgoing, { tags: ['20'] }),
    'GET /v2/library/node/manifests/20': (_incoming, outgoing) =>
      json(outgoing, { config: { digest: 'sha256:config', size: 5 }, layers }),
    'GET /v2/library/node/blobs/sha256:big': (_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-length': bigLayer?.length }).end(bigLayer);
    },
    'POST /v2/deployclock/probe/blobs/uploads/': (_incoming, outgoing) => {
      uploads.push({ firstAt: 0, fromAt: 0, lastAt: 0, bytes: 0, ended: 'open' });
      outgoing.writeHead(202, { location: '/v2/deployclock/probe/blobs/uploads/1?state=a' }).end();
    },
    'PATCH /v2/deployclock/probe/blobs/uploads/1': (incoming, outgoing) => {
      const upload = uploads.at(-1);
      incoming.on('data', (chunk: Buffer) => {
        if (upload === undefined) return;
        upload.lastAt = performance.now();
        upload.firstAt ||= upload.lastAt;
        if (upload.lastAt - upload.firstAt < 200) upload.fromAt = upload.lastAt;
        else upload.bytes += chunk.length;
      });
      incoming.on('end', () => {
        if (upload !== undefined) upload.ended = 'answered';
        outgoing.writeHead(202, { location: '/v2/deployclock/probe/blobs/uploads/1?state=b' }).end();
      });
    },
    'DELETE /v2/deployclock/probe/blobs/uploads/1': (_incoming, outgoing) => {
      const upload = uploads.at(-1);
      if (upload !== undefined) upload.ended = 'cancelled';
      outgoing.writeHead(204).end();
    },
  };
  const { port } = await startTarget((incoming, outgoing) => {
    const answer = answers[`${incoming.method} ${incoming.url?.split('?')[0]}`];
    if (answer === undefined) outgoing.writeHead(404).end('{}');
    else answer(incoming, outgoing);
  });
  return { registry: { containerId: '', host: '127.0.0.1', port, close: () => Promise.resolve() }, uploads };
}
