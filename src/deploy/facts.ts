import type { Manifest } from '../lab/registry/manifest.ts';
import type { Facts, LayerTransfer, Phases } from '../results/sample.ts';
import type { Bytes } from '../units.ts';

/** The facts of a deploy, from its phases, its image's size on the builder and its manifest; null where a phase did not get so far. */
export function collectFacts(phases: Phases, imageBytes: Bytes | null, manifest: Manifest | null): Facts {
  const steps = phases.build?.detail?.steps.filter((step) => step.sort === 'user') ?? null;
  const push = phases.push?.detail ?? null;
  const pull = phases.pull?.detail ?? null;
  return {
    'image.bytes': imageBytes,
    'image.wireBytes': manifest?.wireBytes ?? null,
    'image.layers': manifest?.layers.length ?? null,
    'push.bytes': push?.wireBytes ?? null,
    'push.layers': push === null ? null : movedLayers(push.layers, manifest),
    'pull.bytes': pull?.wireBytes ?? null,
    'pull.layers': pull === null ? null : movedLayers(pull.layers, manifest),
    'build.steps': steps?.length ?? null,
    'build.cachedSteps': steps?.filter((step) => step.cached).length ?? null,
    'build.contextBytes': phases.build?.detail?.contextBytes ?? null,
    'build.cacheBytes': phases.build?.detail?.cacheImportBytes ?? null,
  };
}

/** The configuration crosses a link like a layer does, but is none. */
function movedLayers(transfers: readonly LayerTransfer[], manifest: Manifest | null): number | null {
  if (manifest === null) return null;
  return transfers.filter((blob) => blob.how === 'moved' && blob.digest !== manifest.configDigest).length;
}
