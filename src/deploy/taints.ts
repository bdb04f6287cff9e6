import type { Transfer } from '../lab/engine/transfer-image.ts';
import { failedRequests, type LedgerEntry } from '../lab/link/ledger.ts';

/** The requests of one deploy, by the link that they crossed. */
export type Ledgers = Readonly<Record<'uplink' | 'downlink' | 'mirror', readonly LedgerEntry[]>>;

/**
 * What makes a deploy's times doubtful although its state was right: an engine that repeated a transfer after a pause, a registry that
 * failed or an exchange that broke, a builder that threw parts of its cache away meanwhile.
 */
export function taintsOf(
  transfers: readonly Transfer[],
  ledgers: Ledgers,
  cache: { readonly before: readonly string[]; readonly after: readonly string[] } | null,
): string[] {
  return [
    ...transfers.flatMap((transfer) => transfer.retries).map((retry) => `the engine repeated a transfer: ${retry}`),
    ...Object.entries(ledgers).flatMap(([link, requests]) =>
      failedRequests(requests).map(
        ({ method, path, error, status }) => `${link}: ${method} ${path} ${error ?? `was answered with ${status}`}`,
      ),
    ),
    ...collectedGarbage(cache),
  ];
}

function collectedGarbage(cache: { before: readonly string[]; after: readonly string[] } | null): string[] {
  if (cache === null) return [];
  const kept = new Set(cache.after);
  const gone = cache.before.filter((id) => !kept.has(id)).length;
  return gone === 0 ? [] : [`the builder collected garbage: ${gone} of ${cache.before.length} cache records are gone`];
}
