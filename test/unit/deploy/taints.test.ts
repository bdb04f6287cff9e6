import { expect, test } from 'vitest';
import { taintsOf } from '../../../src/deploy/taints.ts';
import type { LedgerEntry } from '../../../src/lab/link/ledger.ts';
import { milliseconds } from '../../../src/units.ts';

const nothing = { uplink: [], downlink: [], mirror: [] };

function entry(over: Partial<LedgerEntry>): LedgerEntry {
  return {
    ...{ method: 'GET', path: '/v2/a/blobs/x', status: 200, requestBytes: 0, responseBytes: 1, error: null },
    ...{ startedAt: milliseconds(0), firstByteAt: null, lastByteAt: null, endedAt: null },
    ...over,
  };
}

test('a clean deploy has none', () => {
  expect(taintsOf([], { ...nothing, uplink: [entry({ status: 404 })] }, { before: ['a'], after: ['a', 'b'] })).toEqual(
    [],
  );
});

test('repeated transfers, a failing registry, a broken exchange and collected garbage are each told', () => {
  const transfer = { messages: [], digest: 'sha256:1', retries: ['Retrying in 5 seconds'] } as const;
  const ledgers = {
    ...nothing,
    downlink: [entry({ status: 503 })],
    uplink: [entry({ method: 'PATCH', status: null, error: 'socket hang up' })],
  };
  expect(taintsOf([{ ...transfer, messages: [] }], ledgers, { before: ['a', 'b', 'c'], after: ['b'] })).toEqual([
    'the engine repeated a transfer: Retrying in 5 seconds',
    'uplink: PATCH /v2/a/blobs/x socket hang up',
    'downlink: GET /v2/a/blobs/x was answered with 503',
    'the builder collected garbage: 2 of 3 cache records are gone',
  ]);
});
