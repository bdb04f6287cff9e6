import { inspectContainer } from '../../lab/engine/container.ts';
import { inspectImage } from '../../lab/engine/images.ts';
import type { Bench } from '../../lab/lab.ts';
import type { Evidence, LayerTransfer, Phases } from '../../results/sample.ts';
import type { BuilderMode, DeployKind } from '../../scenario/scenario.ts';
import type { LapState, Release } from '../lap-state.ts';
import { claimAfter } from './claim.ts';

export interface WorkDone {
  readonly kind: DeployKind;
  readonly builder: BuilderMode;
  readonly bench: Bench;
  /** What the deploy began with. */
  readonly before: LapState;
  readonly release: Release;
  readonly phases: Phases;
  readonly repository: string;
  readonly job: boolean;
}

/** What must be true after the deploy if it began in the state of its kind and did its work. */
export async function evidenceAfter(work: WorkDone): Promise<Evidence[]> {
  return [...workOf(work), await runsThisRelease(work)];
}

function workOf(work: WorkDone): Evidence[] {
  const { kind, builder, phases } = work;
  switch (kind) {
    case 'first':
      return [noStepCached(phases), everyLayerMoved('push', work), everyLayerMoved('pull', work)];
    case 'code-edit':
    case 'dependency-edit':
      return [
        ...(builder === 'fresh' ? [noStepCached(phases)] : []),
        ...(builder === 'registry-cache' ? [cacheWasImported(phases)] : []),
        // A builder without its cache makes another image of the same files, so there the image tells nothing of the edit.
        ...(builder === 'warm' ? [editReachedImage(work)] : []),
        everyLayerMoved('push', work),
        everyLayerMoved('pull', work),
      ];
    case 'no-change':
      // A builder without its cache makes other layers of the same files: their times differ.
      if (builder === 'warm') return [sameImage(work), noLayerMoved('push', work), noLayerMoved('pull', work)];
      return builder === 'registry-cache' ? [cacheWasImported(phases)] : [];
    case 'new-server':
      return [everyLayerMoved('pull', work)];
    case 'rollback':
      return [noLayerMoved('pull', work)];
  }
}

function cacheWasImported(phases: Phases): Evidence {
  const imported = phases.build?.detail?.cacheImported === true;
  return claimAfter(
    'the cache of the previous release was imported',
    imported ? 'BuildKit read it' : 'BuildKit could not read it',
    imported,
  );
}

function noStepCached(phases: Phases): Evidence {
  const user = (phases.build?.detail?.steps ?? []).filter((step) => step.sort === 'user');
  const cached = user.filter((step) => step.cached).length;
  return claimAfter('no step came from a cache', `${cached} of ${user.length} steps cached`, cached === 0);
}

/**
 * Every layer that the lap's earlier deploys had not brought there; on a new machine, every one. Layers are counted by digest: an image may
 * hold the same layer twice, and it crosses a link once.
 */
function everyLayerMoved(phase: 'push' | 'pull', work: WorkDone): Evidence {
  const { kind, before, release, bench } = work;
  const fresh = kind === 'new-server' || kind === 'first';
  const what = fresh ? 'every layer' : 'every new layer';
  const claim = `${what} was ${phase === 'push' ? 'pushed' : 'pulled'}`;
  const known = fresh ? new Set<string>() : before.layers;
  if (release.layers === null || known === null) return claimAfter(claim, 'a manifest could not be read', null);
  const wanted = [...new Set(release.layers)].filter((digest) => !known.has(digest));
  const moved = movedLayers(phase, work);
  if (moved.seen === 'nothing') return claimAfter(claim, 'no link saw the transfer', null);
  const crossed = wanted.filter((digest) => moved.digests.has(digest)).length;
  const all = crossed === wanted.length;
  // Other images of an existing engine may hold the same layers: that is how it is, and no mistake.
  const holds = all ? true : phase === 'pull' && bench.server.sort === 'existing' ? null : false;
  return claimAfter(claim, `${crossed} of ${wanted.length} layers moved`, holds);
}

function noLayerMoved(phase: 'push' | 'pull', work: WorkDone): Evidence {
  const claim = `no layer was ${phase === 'push' ? 'pushed' : 'pulled'}`;
  const { layers } = work.release;
  if (layers === null) return claimAfter(claim, 'the manifest could not be read', null);
  const moved = movedLayers(phase, work);
  if (moved.seen === 'nothing') return claimAfter(claim, 'no link saw the transfer', null);
  const crossed = layers.filter((digest) => moved.digests.has(digest)).length;
  return claimAfter(claim, `${crossed} of ${layers.length} layers moved`, crossed === 0);
}

type Moved = { readonly seen: 'layers'; readonly digests: ReadonlySet<string> } | { readonly seen: 'nothing' };

/** A graphdriver's push names layers by what they are unpacked: where no link sees it, its words match no manifest. */
function movedLayers(phase: 'push' | 'pull', { bench, phases }: WorkDone): Moved {
  if (phase === 'push' && bench.uplink === null) return { seen: 'nothing' };
  const layers: readonly LayerTransfer[] = phases[phase]?.detail?.layers ?? [];
  return {
    seen: 'layers',
    digests: new Set(layers.filter((layer) => layer.how === 'moved').map((layer) => layer.digest)),
  };
}

function editReachedImage({ before, release }: WorkDone): Evidence {
  const previous = before.current?.imageId ?? null;
  const changed = previous !== release.imageId;
  return claimAfter('the edit reached the image', `${previous ?? 'none'} became ${release.imageId}`, changed);
}

function sameImage({ before, release }: WorkDone): Evidence {
  const previous = before.current?.imageId ?? null;
  const same = previous === release.imageId;
  return claimAfter(
    'the image is the one before',
    same ? release.imageId : `${previous} became ${release.imageId}`,
    same,
  );
}

async function runsThisRelease({ bench, release, repository, job }: WorkDone): Promise<Evidence> {
  const claim = job ? 'the server ran this release' : 'the server runs this release';
  const { engine } = bench.server;
  const reference = `${bench.registry.pullPrefix}/${repository}@${release.digest}`;
  const [container, image] = await Promise.all([
    inspectContainer(engine, release.app.containerId).catch(() => null),
    inspectImage(engine, reference).catch(() => null),
  ]);
  if (container === null || image === null)
    return claimAfter(claim, 'the server does not know its container or image', false);
  const alive = job ? container.exitCode === 0 : container.running;
  return claimAfter(claim, `container of ${container.imageId}`, alive && container.imageId === image.id);
}
