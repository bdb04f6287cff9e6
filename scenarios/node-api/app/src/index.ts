import compress from '@fastify/compress';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import fastify from 'fastify';
import { makeCatalogue } from './catalogue.js';
import { addRoutes } from './routes.js';
import { readSettings } from './settings.js';
import { openStore } from './store.js';

const settings = readSettings(process.env);
const store = openStore(makeCatalogue(settings.products));

const app = fastify({ logger: true });
await app.register(helmet);
await app.register(cors);
await app.register(compress);
await app.register(swagger, { openapi: { info: { title: 'Catalogue', version: '1.0.0' } } });
addRoutes(app, store);

// The app is process 1 in its container: without a handler of its own the kernel would drop the signal.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void app.close());
}

await app.listen({ host: '0.0.0.0', port: settings.port });
