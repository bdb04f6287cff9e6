import type { Clock } from '../clock.ts';
import type { Links } from '../scenario/scenario.ts';
import { ofRun, removeLabelled } from './clean-up.ts';
import { closeAll } from './close-all.ts';
import type { Engine } from './engine/engine.ts';
import type { LabImages } from './images/lab-images.ts';
import { labelsFor } from './labels.ts';
import { type Link, openLink } from './link/link.ts';
import { createNetwork, type LabNetwork } from './network.ts';
import { type Node, startNode } from './nodes/node.ts';
import { findPrivileges, type Privileges } from './nodes/privileges.ts';
import { type Registry, startRegistry } from './registry/registry.ts';

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

/** What one lap of one variant has to itself. */
export interface LapLab {
  readonly builder: Node;
  readonly server: Node;
  readonly registry: Registry;
  readonly uplink: Link;
  readonly downlink: Link;
  readonly mirrorLink: Link;
  readonly close: () => Promise<void>;
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

/** Fresh nodes and an empty registry for one lap, with links between them. `name` is unique within the run: `1-before`. */
export async function openLapLab(
  lab: Lab,
  name: string,
  links: Links,
  clock: Clock,
  signal: AbortSignal,
): Promise<LapLab> {
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
  try {
    const registry = await keep(
      startRegistry(host, { runId, name: `registry-${name}`, image: images.registry.image, network }, signal),
    );
    const [uplink, downlink, mirrorLink] = await allOrNothing([
      keep(openLink(links.uplink, network.gateway, registry, clock)),
      keep(openLink(links.downlink, network.gateway, registry, clock)),
      keep(openLink(links.mirror, network.gateway, mirror, clock)),
    ]);
    const common = { runId, image: images.engine.image, network, privileges };
    const [builder, server] = await allOrNothing([
      keep(
        startNode(
          host,
          { ...common, name: `builder-${name}`, registries: [uplink.address], mirror: mirrorLink.address },
          signal,
        ),
      ),
      keep(
        startNode(host, { ...common, name: `server-${name}`, registries: [downlink.address], mirror: null }, signal),
      ),
    ]);
    return { builder, server, registry, uplink, downlink, mirrorLink, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** As Promise.all, but waits for every one before it throws, so that nothing is still being made while it is cleaned up. */
async function allOrNothing<T extends readonly Promise<unknown>[]>(
  promises: readonly [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return (await Promise.all(promises)) as { [K in keyof T]: Awaited<T[K]> };
}
