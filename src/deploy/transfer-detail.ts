import type { Transfer } from '../lab/engine/transfer-image.ts';
import { layersInMessages } from '../lab/engine/transfer-layers.ts';
import type { BlobMovement } from '../lab/link/ledger.ts';
import { transmissionTime } from '../lab/link/rate-limiter.ts';
import type { LayerTransfer } from '../results/sample.ts';
import type { LinkProfile } from '../scenario/scenario.ts';
import { unionLength } from './trace/intervals.ts';

interface Common {
  readonly layers: LayerTransfer[];
  readonly wireBytes: number | null;
  readonly transferMs: number | null;
  readonly linkMs: number | null;
}

/** What push and pull have in common: blobs that crossed a link, with instants counted from the start of the phase. */
export function transferDetail(blobs: readonly BlobMovement[], link: LinkProfile, phaseStart: number): Common {
  const wireBytes = blobs.reduce((sum, blob) => sum + blob.bytes, 0);
  return {
    layers: blobs.map((blob) => ({
      digest: blob.digest,
      how: blob.how,
      bytes: blob.how === 'moved' ? blob.bytes : null,
      startMs: blob.startedAt === null ? null : blob.startedAt - phaseStart,
      endMs: blob.endedAt === null ? null : blob.endedAt - phaseStart,
    })),
    wireBytes,
    transferMs: unionLength(
      blobs.flatMap(({ startedAt, endedAt }) =>
        startedAt === null || endedAt === null ? [] : [{ start: startedAt, end: endedAt }],
      ),
    ),
    linkMs: link.rate === null || wireBytes === 0 ? null : transmissionTime(wireBytes, link.rate),
  };
}

/** The same over a path that no link sees into: the engine's own words tell which layers moved, and nothing of when and how many bytes. */
export function unseenTransferDetail(transfer: Transfer): Common {
  const layers = layersInMessages(transfer.messages).map(({ id, how }) => ({
    digest: id,
    how,
    bytes: null,
    startMs: null,
    endMs: null,
  }));
  return { layers, wireBytes: null, transferMs: null, linkMs: null };
}
