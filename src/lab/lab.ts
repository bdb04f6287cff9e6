import type { Clock } from '../clock.ts';
import type { Links, ServerLimits } from '../scenario/scenario.ts';
import { ofRun, removeLabelled } from './clean-up.ts';
import { closeAll } from './close-all.ts';
import type { Engine } from './engine/engine.ts';
import type { LabImages } from './images/lab-images.ts';
import { labelsFor } from './labels.ts';
import { type Link, openLink } from './link/link.ts';
import { createNetwork, type LabNetwork } from './network.ts';
import { type Node, startNode } from './nodes/node.ts';
import { findPrivileges, type Privileges } from './nodes/privileges.ts';
import type { ExistingRegistry } from './registry/existing-registry.ts';
import { labRegistry } from './registry/lab-registry.ts';
import { type Registry, startRegistry } from './registry/registry.ts';
import type { ReleaseRegistry } from './registry/release-registry.ts';
import type { ExistingServer } from './server/existing-server.ts';
import { nodeServer } from './server/node-server.ts';
import type { Server } from './server/server.ts';

/** The bench of one run. */
export interface Lab {
  readonly runId: string;
  readonly host: Engine;
  readonly images: LabImages;
  readonly network: LabNetwork;
  readonly privileges: Privileges;
  /** Holds the base images. */
  readonly mirror: Registry;
  /** Removes everything that bears this run's label; safe to call at any moment and more than once. */
  readonly close: () => Promise<void>;
}

/** What one deploy goes through. */
export interface Bench {
  readonly runId: string;
  readonly builder: Node;
  readonly server: Server;
  readonly registry: ReleaseRegistry;
  /** Null where releases go over an existing registry's own network. */
  readonly uplink: Link | null;
  readonly downlink: Link | null;
  readonly mirrorLink: Link;
}

/** What one lap of one variant has to itself: an empty registry, links, and machines that can be replaced by fresh ones. */
export interface LapLab {
  /** As the lap begins. */
  readonly bench: Bench;
  /** The bench with a fresh builder; the one that it had is gone. */
  readonly withFreshBuilder: (bench: Bench) => Promise<Bench>;
  /** The bench with a fresh server; the one that it had goes on. Null where the server is an existing engine. */
  readonly withFreshServer: ((bench: Bench) => Promise<Bench>) | null;
  readonly close: () => Promise<void>;
}

/** What a lap is made of. */
export interface LapSettings {
  /** Unique within the run: `1-before`. */
  readonly name: string;
  readonly links: Links;
  readonly limits: ServerLimits;
  /** Null for the lab's own. */
  readonly server: ExistingServer | null;
  readonly registry: ExistingRegistry | null;
}

export async function openLab(host: Engine, images: LabImages, runId: string, signal: AbortSignal): Promise<Lab> {
  const close = async (): Promise<void> => {
    await removeLabelled(host, ofRun(runId));
  };
  try {
    const network = await createNetwork(host, `deployclock-${runId}`, labelsFor(runId, 'network'));
    const [privileges, mirror] = await allOrNothing([
      findPrivileges(host, images.engine.image, labelsFor(runId, 'privileges'), signal),
      startRegistry(host, { runId, name: 'mirror', image: images.mirror.image, network }, signal),
    ]);
    return { runId, host, images, network, privileges, mirror, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Fresh nodes and an empty registry for one lap, with links between them; or, in their place, an existing server or registry. */
export async function openLapLab(lab: Lab, settings: LapSettings, clock: Clock, signal: AbortSignal): Promise<LapLab> {
  const closers: (() => Promise<void>)[] = [];
  const keep = async <T extends { close: () => Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const opened = await opening;
    closers.push(opened.close);
    return opened;
  };
  const close = async (): Promise<void> => {
    await closeAll(closers.splice(0));
  };
  const { host, runId, network, images, privileges, mirror } = lab;
  const { name, links, limits } = settings;
  try {
    const mirrorLink = await keep(openLink(links.mirror, network.gateway, mirror, clock));
    const releases = await openReleasePath(lab, settings, clock, signal, keep);
    const certificates = settings.registry?.certificates ?? null;
    const common = { runId, image: images.engine.image, network, privileges, certificates };
    const nameNode = createNames(name);
    const startBuilder = (): Promise<Node> => {
      const registries = releases.uplink === null ? [] : [releases.uplink.address];
      const own = { name: nameNode('builder'), registries, mirror: mirrorLink.address };
      return keep(startNode(host, { ...common, ...own }, signal));
    };
    const startServer = async (): Promise<Server> => {
      const registries = releases.downlink === null ? [] : [releases.downlink.address];
      const own = { name: nameNode('server'), registries, mirror: null, limits };
      return nodeServer(await keep(startNode(host, { ...common, ...own }, signal)));
    };
    const [builder, server] = await allOrNothing([
      startBuilder(),
      settings.server === null ? startServer() : Promise.resolve(settings.server),
    ]);
    return {
      bench: { runId, builder, server, mirrorLink, ...releases },
      withFreshBuilder: async (bench) => {
        await bench.builder.close();
        return { ...bench, builder: await startBuilder() };
      },
      withFreshServer: settings.server === null ? async (bench) => ({ ...bench, server: await startServer() }) : null,
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** `builder-1-before`, then `builder-1-before.2` and so on for those that take its place; no variant's name can hold a dot. */
function createNames(lap: string): (role: string) => string {
  const made = new Map<string, number>();
  return (role) => {
    const count = (made.get(role) ?? 0) + 1;
    made.set(role, count);
    return count === 1 ? `${role}-${lap}` : `${role}-${lap}.${count}`;
  };
}

/** The way of a release: the lab's registry behind an uplink and a downlink, or an existing registry on its own network. */
async function openReleasePath(
  lab: Lab,
  { name, links, server, registry: existing }: LapSettings,
  clock: Clock,
  signal: AbortSignal,
  keep: <T extends { close: () => Promise<void> }>(opening: Promise<T>) => Promise<T>,
): Promise<Pick<Bench, 'registry' | 'uplink' | 'downlink'>> {
  if (existing !== null) return { registry: existing, uplink: null, downlink: null };
  const { host, runId, network, images } = lab;
  const image = images.registry.image;
  const registry = await keep(startRegistry(host, { runId, name: `registry-${name}`, image, network }, signal));
  // An existing engine is on no network of ours: it reaches the link over its own loopback.
  const listenAddress = server === null ? network.gateway : '127.0.0.1';
  const [uplink, downlink] = await allOrNothing([
    keep(openLink(links.uplink, network.gateway, registry, clock)),
    keep(openLink(links.downlink, listenAddress, registry, clock)),
  ]);
  const port = Number(downlink.address.slice(downlink.address.lastIndexOf(':') + 1));
  const pullPrefix = server === null ? downlink.address : await server.registryAddressFor(port);
  return { registry: labRegistry(registry, uplink.address, pullPrefix), uplink, downlink };
}

/** As Promise.all, but waits for every one before it throws, so that nothing is still being made while it is cleaned up. */
async function allOrNothing<T extends readonly Promise<unknown>[]>(
  promises: readonly [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return (await Promise.all(promises)) as { [K in keyof T]: Awaited<T[K]> };
}
