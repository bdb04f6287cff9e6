import type { Clock } from '../clock.ts';
import { pullImage, type Transfer } from '../lab/engine/transfer-image.ts';
import type { Bench } from '../lab/lab.ts';
import { fetchedBlobs } from '../lab/link/ledger.ts';
import type { PullDetail } from '../results/sample.ts';
import type { PhaseWork } from './phase.ts';
import { transferDetail, unseenTransferDetail } from './transfer-detail.ts';

/**
 * Pull: from the request to an image that containers can be made of.
 * @param reference a tag, or a digest
 */
export async function pull(
  { server, registry, downlink }: Pick<Bench, 'server' | 'registry' | 'downlink'>,
  repository: string,
  reference: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<PullDetail, Transfer>> {
  const before = downlink?.ledger.length ?? 0;
  const { authorization } = registry;
  const name = `${registry.pullPrefix}/${repository}`;
  const transfer = await pullImage(server.engine, name, reference, clock, signal, { authorization });
  const ended = clock.now();
  if (downlink === null) {
    return { value: transfer, detail: () => ({ ...unseenTransferDetail(transfer), unpackTailMs: null }) };
  }
  const entries = downlink.ledger.slice(before);
  return {
    value: transfer,
    detail: (phaseStart) => {
      const blobs = fetchedBlobs(entries);
      const lastByte = Math.max(...blobs.map((blob) => blob.endedAt ?? -Infinity));
      return {
        ...transferDetail(blobs, downlink.profile, phaseStart),
        unpackTailMs: Number.isFinite(lastByte) ? ended - lastByte : null,
      };
    },
  };
}
