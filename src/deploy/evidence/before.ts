import { inspectContainer } from '../../lab/engine/container.ts';
import { inspectImage, listBuildCache, listImages } from '../../lab/engine/images.ts';
import type { Bench } from '../../lab/lab.ts';
import type { Server } from '../../lab/server/server.ts';
import type { Evidence } from '../../results/sample.ts';
import type { BuilderMode, DeployKind } from '../../scenario/scenario.ts';
import type { LapState, Release } from '../lap-state.ts';
import { claimBefore, count } from './claim.ts';

export interface StateClaims {
  readonly kind: DeployKind;
  readonly builder: BuilderMode;
  readonly bench: Bench;
  readonly state: LapState;
  readonly repository: string;
  /** The apps end by themselves: a job's container does not run any more. */
  readonly job: boolean;
}

/** What the kind claims of builder, registry and server before the deploy, and what is found there. */
export async function evidenceBefore(claims: StateClaims): Promise<Evidence[]> {
  const parts = await Promise.all([builderBefore(claims), registryBefore(claims), serverBefore(claims)]);
  return parts.flat();
}

async function builderBefore({ kind, builder, bench, state }: StateClaims): Promise<Evidence[]> {
  if (kind === 'new-server' || kind === 'rollback') return [];
  const { engine } = bench.builder;
  const [images, cache] = await Promise.all([listImages(engine), listBuildCache(engine)]);
  if (kind === 'first' || builder !== 'warm') {
    return [
      claimBefore('the builder has no image', count(images.length, 'image'), images.length === 0),
      claimBefore('the builder has no build cache', count(cache.length, 'cache record'), cache.length === 0),
    ];
  }
  const built = state.current === null ? null : await inspectImage(engine, state.current.imageId);
  return [
    claimBefore('the builder has the previous image', built === null ? 'no image' : built.id, built !== null),
    claimBefore('the builder has its build cache', count(cache.length, 'cache record'), cache.length > 0),
  ];
}

async function registryBefore({ kind, bench, state, repository }: StateClaims): Promise<Evidence[]> {
  const { registry } = bench;
  if (kind === 'first') {
    const repositories = await registry.listRepositories();
    if (repositories === null) {
      return [claimBefore('the registry has none of the layers', 'an existing registry does not tell', null)];
    }
    return [
      claimBefore(
        'the registry is empty',
        repositories.length === 1 ? '1 repository' : `${repositories.length} repositories`,
        repositories.length === 0,
      ),
    ];
  }
  const wanted = kind === 'rollback' ? state.previous : state.current;
  const words = kind === 'new-server' ? 'current' : 'previous';
  const manifest = wanted === null ? null : await registry.readManifest(repository, wanted.digest);
  const proof =
    wanted === null ? 'no earlier deploy of this lap' : `${manifest === null ? 'no ' : ''}manifest ${wanted.tag}`;
  return [claimBefore(`the registry has the ${words} release`, proof, manifest !== null)];
}

async function serverBefore({ kind, bench, state, repository, job }: StateClaims): Promise<Evidence[]> {
  const { server, registry } = bench;
  if (kind === 'first' || kind === 'new-server') return [await noImage(server)];
  const running = await runs(server, state.current, job);
  if (kind !== 'rollback') return [running];
  const { previous } = state;
  const reference = `${registry.pullPrefix}/${repository}@${previous?.digest ?? ''}`;
  const image = previous === null ? null : await inspectImage(server.engine, reference);
  return [
    running,
    claimBefore(
      'the server has run the release to go back to',
      image === null ? 'no image of it' : `image ${image.id}`,
      image !== null,
    ),
  ];
}

/** An existing engine may hold layers of anything: whether it was cold shows only in what it fetched. */
async function noImage({ sort, engine }: Server): Promise<Evidence> {
  const images = await listImages(engine);
  const holds = images.length === 0 ? true : sort === 'existing' ? null : false;
  return claimBefore('the server has no image', count(images.length, 'image'), holds);
}

async function runs(server: Server, current: Release | null, job: boolean): Promise<Evidence> {
  const claim = job ? 'the server has run the previous release' : 'the server runs the previous release';
  if (current === null) return claimBefore(claim, 'no earlier deploy of this lap', false);
  const container = await inspectContainer(server.engine, current.app.containerId).catch(() => null);
  if (container === null) return claimBefore(claim, 'no such container', false);
  return claimBefore(
    claim,
    `container of ${container.imageId}`,
    container.running || (job && container.exitCode === 0),
  );
}
