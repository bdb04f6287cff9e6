// Serves dist/ over HTTP.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const root = join(import.meta.dirname, 'dist');
const port = Number(process.env.PORT ?? 8080);
const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const server = createServer(async (request, response) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const file = await existing(request.url ?? '/');
  const shown = file ?? join(root, '404.html');
  response.writeHead(file === null ? 404 : 200, { 'content-type': types[extname(shown)] ?? 'application/octet-stream' });
  if (request.method === 'HEAD') response.end();
  else createReadStream(shown).on('error', () => response.destroy()).pipe(response);
});

/** The file that a URL means, or null. Normalizing an absolute path leaves no way out of the root. */
async function existing(url) {
  try {
    const path = normalize(decodeURIComponent(new URL(url, 'http://site').pathname));
    const file = join(root, path.endsWith('/') ? `${path}index.html` : path);
    return (await stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

// The server is process 1 in its container: without a handler of its own the kernel would drop the signal.
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => server.close());

server.listen(port, () => console.log(`dist/ on port ${port}`));
