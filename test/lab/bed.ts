import { fileURLToPath } from 'node:url';
import { monotonicClock } from '../../src/clock.ts';
import { connectEngine, type Engine } from '../../src/lab/engine/engine.ts';
import { requireLabImages } from '../../src/lab/images/lab-images.ts';
import { type Lab, openLab } from '../../src/lab/lab.ts';
import { loadScenario } from '../../src/scenario/load-scenario.ts';
import type { LinkProfile, Scenario } from '../../src/scenario/scenario.ts';
import { bitsPerSecond, milliseconds } from '../../src/units.ts';

/** Real engines for the tests in this folder. Without one they fail: `deployclock setup` prepares a machine. */
export async function connectToEngine(): Promise<Engine> {
  return await connectEngine({ sort: 'unix', path: '/var/run/docker.sock' });
}

export async function openTestLab(name: string): Promise<Lab> {
  const host = await connectToEngine();
  return await openLab(host, await requireLabImages(host), `test-${name}-${process.pid}`, never);
}

export const never = new AbortController().signal;
export const clock = monotonicClock;

export function rated(mbps: number): LinkProfile {
  return { label: `${mbps}mbps`, rate: bitsPerSecond(mbps * 1e6), roundTrip: milliseconds(0) };
}

export const fixtures = fileURLToPath(new URL('../fixtures/scenarios/', import.meta.url));

export function tiny(): Scenario {
  return loadScenario(`${fixtures}tiny`, fixtures, fixtures);
}

/** What an outsider sees of an engine: a lab must leave it as it was. */
export async function inventory(engine: Engine): Promise<Record<string, string[]>> {
  const { docker } = engine;
  const [containers, networks, volumes, images] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
    docker.listImages(),
  ]);
  return {
    containers: containers.map((container) => container.Id).toSorted(),
    networks: networks.map((network) => network.Id).toSorted(),
    volumes: volumes.Volumes.map((volume) => volume.Name).toSorted(),
    images: images.map((image) => image.Id).toSorted(),
  };
}
