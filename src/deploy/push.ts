import type { Clock } from '../clock.ts';
import { pushImage, type Transfer } from '../lab/engine/transfer-image.ts';
import type { LapLab } from '../lab/lab.ts';
import { pushedBlobs } from '../lab/link/ledger.ts';
import type { PushDetail } from '../results/sample.ts';
import type { PhaseWork } from './phase.ts';
import { transferDetail } from './transfer-detail.ts';

/** Push: from the request to the manifest being accepted. */
export async function push(
  lap: LapLab,
  repository: string,
  tag: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<PushDetail, Transfer>> {
  const before = lap.uplink.ledger.length;
  const transfer = await pushImage(lap.builder.engine, `${lap.uplink.address}/${repository}`, tag, clock, signal);
  const entries = lap.uplink.ledger.slice(before);
  return {
    value: transfer,
    detail: (phaseStart) => {
      const common = transferDetail(pushedBlobs(entries), lap.uplink.profile, phaseStart);
      const { transferMs, linkMs } = common;
      return {
        ...common,
        compressionMs: transferMs === null || linkMs === null ? null : Math.max(0, transferMs - linkMs),
      };
    },
  };
}
