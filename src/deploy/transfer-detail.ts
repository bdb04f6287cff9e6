import type { BlobMovement } from '../lab/link/ledger.ts';
import { transmissionTime } from '../lab/link/rate-limiter.ts';
import type { LayerTransfer } from '../results/sample.ts';
import type { LinkProfile } from '../scenario/scenario.ts';
import { unionLength } from './trace/intervals.ts';

/** What push and pull have in common: blobs that crossed a link, with instants counted from the start of the phase. */
export function transferDetail(
  blobs: readonly BlobMovement[],
  link: LinkProfile,
  phaseStart: number,
): { layers: LayerTransfer[]; wireBytes: number; transferMs: number | null; linkMs: number | null } {
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
