import type { Clock } from '../clock.ts';
import { pushImage, type Transfer } from '../lab/engine/transfer-image.ts';
import type { Bench } from '../lab/lab.ts';
import { pushedBlobs } from '../lab/link/ledger.ts';
import type { PushDetail } from '../results/sample.ts';
import type { PhaseWork } from './phase.ts';
import { transferDetail, unseenTransferDetail } from './transfer-detail.ts';

/** Push: from the request to the manifest being accepted. */
export async function push(
  { builder, registry, uplink }: Pick<Bench, 'builder' | 'registry' | 'uplink'>,
  repository: string,
  tag: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<PushDetail, Transfer>> {
  const before = uplink?.ledger.length ?? 0;
  const { authorization } = registry;
  const name = `${registry.pushPrefix}/${repository}`;
  const transfer = await pushImage(builder.engine, name, tag, clock, signal, { authorization });
  if (uplink === null) {
    return { value: transfer, detail: () => ({ ...unseenTransferDetail(transfer), compressionMs: null }) };
  }
  const entries = uplink.ledger.slice(before);
  return {
    value: transfer,
    detail: (phaseStart) => {
      const common = transferDetail(pushedBlobs(entries), uplink.profile, phaseStart);
      const { transferMs, linkMs } = common;
      return {
        ...common,
        compressionMs: transferMs === null || linkMs === null ? null : Math.max(0, transferMs - linkMs),
      };
    },
  };
}
