import type { Manifest } from '../lab/registry/manifest.ts';
import type { Phases } from '../results/sample.ts';

/**
 * The phases with the layers that the pull did not have to fetch: an engine asks a registry only for what it lacks, so the link never hears
 * of the others. Without a manifest, or without a pull that ended, nothing is known of them.
 */
export function withPresentLayers(phases: Phases, manifest: Manifest | null): Phases {
  const { pull } = phases;
  if (manifest === null || pull === null || pull.detail === null) return phases;
  const layers = pull.detail.layers.map((layer) => ({ ...layer, digest: wholeDigest(layer.digest, manifest) }));
  const fetched = new Set(layers.map((layer) => layer.digest));
  const present = [...new Set(manifest.layers.map((layer) => layer.digest))]
    .filter((digest) => !fetched.has(digest))
    .map((digest) => ({ digest, how: 'already-there' as const, bytes: null, startMs: null, endMs: null }));
  return { ...phases, pull: { ...pull, detail: { ...pull.detail, layers: [...layers, ...present] } } };
}

/** Engines name a layer by the first twelve digits of its digest. */
function wholeDigest(id: string, manifest: Manifest): string {
  return manifest.layers.find((layer) => layer.digest.startsWith(`sha256:${id}`))?.digest ?? id;
}
