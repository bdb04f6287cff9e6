import type { Sample } from '../results/sample.ts';
import type { OrderedStep } from './build-order.ts';
import type { ImageLayer } from './image-layers.ts';

/** Which instruction made which layer, as far as a run's folder tells. */
export interface LayerMakers {
  /** By digest; layers of the base image are not here. */
  readonly known: ReadonlyMap<string, OrderedStep>;
  /** The instructions that made the layers that moved, where it is not known which made which. */
  readonly together: readonly string[];
}

/**
 * Instructions make layers in their order, on top of the base image's. Where the order of the layers is not known, the layers that moved are
 * those of the instructions that were carried out: exactly so where it is one, together where they are several.
 */
export function layerMakers(
  layers: readonly ImageLayer[],
  steps: readonly OrderedStep[],
  order: readonly string[] | null,
): LayerMakers {
  const makers = steps.filter(({ makesLayer }) => makesLayer);
  if (order !== null && makers.length > 0 && makers.length <= order.length) {
    const own = order.slice(order.length - makers.length);
    return { known: new Map(makers.flatMap(pairWith(own))), together: [] };
  }
  const moved = layers.filter((layer) => layer.moved);
  const carriedOut = makers.filter(({ step }) => !step.cached);
  if (moved.length === 0) return { known: new Map(), together: [] };
  if (moved.length === 1 && carriedOut.length === 1) {
    return { known: new Map(carriedOut.flatMap(pairWith(moved.map(({ digest }) => digest)))), together: [] };
  }
  return { known: new Map(), together: carriedOut.map(({ instruction }) => instruction) };
}

function pairWith(
  digests: readonly string[],
): (step: OrderedStep, index: number) => (readonly [string, OrderedStep])[] {
  return (step, index) => {
    const digest = digests[index];
    return digest === undefined ? [] : [[digest, step]];
  };
}

/**
 * The layers in the order of the image's manifest: a pull that found all of them there lists them so. Null where the run has no such pull of
 * this very image.
 */
export function layerOrder(layers: readonly ImageLayer[], all: readonly Sample[]): string[] | null {
  const wanted = new Set(layers.map(({ digest }) => digest));
  for (const { phases } of all) {
    const present = (phases.pull?.detail?.layers ?? []).filter(
      ({ how, digest }) => how === 'already-there' && wanted.has(digest),
    );
    if (wanted.size > 0 && present.length === wanted.size) return present.map(({ digest }) => digest);
  }
  return null;
}
