import MiniSearch from 'minisearch';
import type { Product } from './catalogue.js';

export interface Store {
  readonly size: number;
  readonly find: (id: number) => Product | undefined;
  readonly search: (words: string, limit: number) => Product[];
}

/** Products in memory with a full-text index over them. Building the index is the app's own work at start-up. */
export function openStore(products: readonly Product[]): Store {
  const byId = new Map(products.map((product) => [product.id, product]));
  const index = new MiniSearch<Product>({
    fields: ['name', 'maker', 'category', 'description'],
    searchOptions: { boost: { name: 2 }, prefix: true, fuzzy: 0.2 },
  });
  index.addAll(products);
  return {
    size: byId.size,
    find: (id) => byId.get(id),
    search: (words, limit) =>
      index
        .search(words)
        .slice(0, limit)
        .flatMap((hit) => byId.get(hit.id as number) ?? []),
  };
}
