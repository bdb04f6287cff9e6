import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEngine, type Engine } from '../../../../src/lab/engine/engine.ts';

/**
 * Something that answers like an engine on a Unix socket, for answers that no real engine gives on demand: torn streams, errors after a
 * 200. Everything else is tested against real engines in test/lab.
 */
export async function withEngine(answer: RequestListener, use: (engine: Engine) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  const path = join(folder, 'engine.sock');
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.endsWith('/version')) outgoing.end(JSON.stringify({ ApiVersion: '1.43' }));
    else answer(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    await use(await connectEngine({ sort: 'unix', path }));
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  }
}
