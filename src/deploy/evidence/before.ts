import { inspectContainer } from '../lab/engine/container.ts';
import { countBuildCache, inspectImage, listImages } from '../lab/engine/images.ts';
import type { LapLab } from '../lab/lab.ts';
import { listRepositories, type Manifest, readManifest } from '../lab/registry/manifest.ts';
import type { Evidence, Phases } from '../results/sample.ts';
import type { DeployKind } from '../scenario/scenario.ts';
import type { LapState, Release } from './lap-state.ts';

/** What the kind claims of builder, registry and server before the deploy, and what is found there. */
export async function evidenceBefore(
  kind: DeployKind,
  lap: LapLab,
  state: LapState,
  repository: string,
): Promise<Evidence[]> {
  switch (kind) {
    case 'first':
      return await nothingAnywhere(lap);
    case 'code-edit':
      return await previousEverywhere(lap, state.current, repository);
  }
}

/** What must be true after the deploy if it began in that state and did its work. */
export function evidenceAfter(
  kind: DeployKind,
  before: LapState,
  after: Release,
  phases: Phases,
  manifest: Manifest,
): Evidence[] {
  switch (kind) {
    case 'first':
      return [
        noStepCached(phases),
        everyLayerMoved('push', phases, manifest),
        everyLayerMoved('pull', phases, manifest),
      ];
    case 'code-edit':
      return [editReachedImage(before, after)];
  }
}

async function nothingAnywhere(lap: LapLab): Promise<Evidence[]> {
  const [builderImages, cache, repositories, serverImages] = await Promise.all([
    listImages(lap.builder.engine),
    countBuildCache(lap.builder.engine),
    listRepositories(lap.registry),
    listImages(lap.server.engine),
  ]);
  return [
    evidence('the builder has no image', 'before', `${builderImages.length} images`, builderImages.length === 0),
    evidence('the builder has no build cache', 'before', `${cache} cache records`, cache === 0),
    evidence('the registry is empty', 'before', `${repositories.length} repositories`, repositories.length === 0),
    evidence('the server has no image', 'before', `${serverImages.length} images`, serverImages.length === 0),
  ];
}

async function previousEverywhere(lap: LapLab, current: Release | null, repository: string): Promise<Evidence[]> {
  if (current === null) {
    return [evidence('an earlier deploy is in place', 'before', 'no earlier deploy of this lap', false)];
  }
  const [cache, built, manifest, container] = await Promise.all([
    countBuildCache(lap.builder.engine),
    inspectImage(lap.builder.engine, current.imageId),
    readManifest(lap.registry, repository, current.tag),
    inspectContainer(lap.server.engine, current.app.containerId),
  ]);
  const running = container.running && container.imageId === current.imageId;
  return [
    evidence('the builder has the previous image', 'before', built === null ? 'no image' : built.id, built !== null),
    evidence('the builder has its build cache', 'before', `${cache} cache records`, cache > 0),
    evidence(
      'the registry has the previous release',
      'before',
      manifest === null ? `no manifest ${current.tag}` : `manifest ${current.tag}`,
      manifest !== null,
    ),
    evidence('the server runs the previous release', 'before', `container of ${container.imageId}`, running),
  ];
}

function noStepCached(phases: Phases): Evidence {
  const user = (phases.build?.detail?.steps ?? []).filter((step) => step.sort === 'user');
  const cached = user.filter((step) => step.cached).length;
  return evidence('no step came from a cache', 'after', `${cached} of ${user.length} steps cached`, cached === 0);
}

/** Layers are counted by digest: an image may hold the same layer twice, and it crosses a link once. */
function everyLayerMoved(phase: 'push' | 'pull', phases: Phases, manifest: Manifest): Evidence {
  const moved = new Set(
    (phases[phase]?.detail?.layers ?? []).filter((layer) => layer.how === 'moved').map((layer) => layer.digest),
  );
  const layers = new Set(manifest.layers.map((layer) => layer.digest));
  const crossed = [...layers].filter((digest) => moved.has(digest)).length;
  const claim = phase === 'push' ? 'every layer was pushed' : 'every layer was pulled';
  return evidence(claim, 'after', `${crossed} of ${layers.size} layers crossed the link`, crossed === layers.size);
}

function editReachedImage(before: LapState, after: Release): Evidence {
  const previous = before.current?.imageId ?? null;
  return evidence(
    'the edit reached the image',
    'after',
    `${previous ?? 'none'} became ${after.imageId}`,
    previous !== after.imageId,
  );
}

function evidence(claim: string, when: Evidence['when'], proof: string, holds: boolean): Evidence {
  return { claim, when, proof, holds };
}
