import type { Clock } from '../clock.ts';
import { pullImage, type Transfer } from '../lab/engine/transfer-image.ts';
import type { LapLab } from '../lab/lab.ts';
import { fetchedBlobs } from '../lab/link/ledger.ts';
import type { PullDetail } from '../results/sample.ts';
import type { PhaseWork } from './phase.ts';
import { transferDetail } from './transfer-detail.ts';

/** Pull: from the request to an image that containers can be made of. */
export async function pull(
  lap: LapLab,
  repository: string,
  tag: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<PullDetail, Transfer>> {
  const before = lap.downlink.ledger.length;
  const transfer = await pullImage(lap.server.engine, `${lap.downlink.address}/${repository}`, tag, clock, signal);
  const ended = clock.now();
  const entries = lap.downlink.ledger.slice(before);
  return {
    value: transfer,
    detail: (phaseStart) => {
      const blobs = fetchedBlobs(entries);
      const lastByte = Math.max(...blobs.map((blob) => blob.endedAt ?? -Infinity));
      return {
        ...transferDetail(blobs, lap.downlink.profile, phaseStart),
        unpackTailMs: Number.isFinite(lastByte) ? ended - lastByte : null,
      };
    },
  };
}
