import type { LayerTransfer, Sample } from '../results/sample.ts';

/** One layer of a release in one deploy: `ms` are how long it was on its way, null where it did not move or no link saw it. */
export interface ImageLayer {
  readonly digest: string;
  /** It went up or came down in this deploy. */
  readonly moved: boolean;
  /** Compressed; from another deploy of the run where it stayed in this one, null where none saw it. */
  readonly bytes: number | null;
  readonly pushMs: number | null;
  readonly pullMs: number | null;
}

/**
 * The layers of a deploy's release, those that stayed first. An image's configuration moves like a layer and is none: it is left out.
 * @param all samples of the same run, which know the sizes of layers that did not move in this one
 */
export function imageLayers(sample: Sample, all: readonly Sample[]): ImageLayer[] {
  const own = transfers(sample);
  const configurations = new Set(all.flatMap(({ phases }) => configurationOf(phases.push?.detail?.layers ?? []) ?? []));
  const sizes = new Map(
    all.flatMap(transfers).flatMap(({ digest, bytes }) => (bytes === null ? [] : [[digest, bytes] as const])),
  );
  const digests = [...new Set(own.map(({ digest }) => digest))].filter((digest) => !configurations.has(digest));
  const layers = digests.map((digest) => ({
    digest,
    moved: own.some((each) => each.digest === digest && each.how === 'moved'),
    bytes: sizes.get(digest) ?? null,
    pushMs: timeOf(sample.phases.push?.detail?.layers ?? [], digest),
    pullMs: timeOf(sample.phases.pull?.detail?.layers ?? [], digest),
  }));
  return [...layers.filter(({ moved }) => !moved), ...layers.filter(({ moved }) => moved)];
}

/** The pull's list is whole, the push's too; where one of them is missing the other has to do. */
function transfers({ phases }: Sample): LayerTransfer[] {
  return [...(phases.pull?.detail?.layers ?? []), ...(phases.push?.detail?.layers ?? [])];
}

/** Engines push the configuration after every layer has arrived, and the manifest after that. */
function configurationOf(pushed: readonly LayerTransfer[]): string | null {
  const moved = pushed.flatMap(({ digest, startMs, endMs }) =>
    startMs === null || endMs === null ? [] : [{ digest, startMs, endMs }],
  );
  const last = moved.toSorted((one, other) => other.startMs - one.startMs)[0];
  if (last === undefined || moved.some(({ digest, endMs }) => digest !== last.digest && endMs > last.startMs))
    return null;
  return last.digest;
}

function timeOf(layers: readonly LayerTransfer[], digest: string): number | null {
  const layer = layers.find((each) => each.digest === digest && each.how === 'moved');
  return layer === undefined || layer.startMs === null || layer.endMs === null ? null : layer.endMs - layer.startMs;
}
