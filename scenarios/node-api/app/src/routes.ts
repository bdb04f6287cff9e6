import { formatISO } from 'date-fns';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Product } from './catalogue.js';
import { release } from './release.js';
import type { Store } from './store.js';

const productParams = z.object({ id: z.coerce.number().int().positive() });
const searchQuery = z.object({ q: z.string().min(1), limit: z.coerce.number().int().min(1).max(100).default(20) });

const shown = (product: Product) => ({
  id: product.id,
  name: product.name,
  maker: product.maker,
  category: product.category,
  description: product.description,
  price: (product.priceCents / 100).toFixed(2),
  addedOn: formatISO(product.addedOn, { representation: 'date' }),
});

/** The API's addresses: health, release, one product, and a search. */
export function addRoutes(app: FastifyInstance, store: Store): void {
  app.get('/healthz', async () => ({ status: 'ok', products: store.size }));

  app.get('/release', async () => ({ release }));

  app.get('/products/:id', async (request, reply) => {
    const params = productParams.safeParse(request.params);
    if (!params.success) return reply.code(400).send({ error: z.prettifyError(params.error) });
    const product = store.find(params.data.id);
    return product === undefined ? reply.code(404).send({ error: 'no such product' }) : shown(product);
  });

  app.get('/search', async (request, reply) => {
    const query = searchQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ error: z.prettifyError(query.error) });
    return store.search(query.data.q, query.data.limit).map(shown);
  });

  app.get('/openapi.json', async () => app.swagger());
}
