import { fileURLToPath } from 'node:url';
import { monotonicClock } from '../../src/clock.ts';
import type { RawLine } from '../../src/deploy/raw-lines.ts';
import { connectEngine, type Engine } from '../../src/lab/engine/engine.ts';
import { requireLabImages } from '../../src/lab/images/lab-images.ts';
import { type Lab, type LapLab, type LapSettings, openLab, openLapLab } from '../../src/lab/lab.ts';
import type { Sample } from '../../src/results/sample.ts';
import type { LapName } from '../../src/run/lap.ts';
import { everyTurn, type Pace } from '../../src/run/pace.ts';
import type { Turn } from '../../src/run/plan.ts';
import { runTurns } from '../../src/run/runner.ts';
import { openWorkspace } from '../../src/run/workspace.ts';
import { loadScenario } from '../../src/scenario/load-scenario.ts';
import type { DeployKind, LinkProfile, Links, Scenario } from '../../src/scenario/scenario.ts';
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

/** A lap on lab parts alone. */
export function lapOf(name: string, links: Links): LapSettings {
  return { name, links, limits: { cpus: null, memory: null }, server: null, registry: null };
}

export const fixtures = fileURLToPath(new URL('../fixtures/scenarios/', import.meta.url));

export function tiny(): Scenario {
  return loadScenario(`${fixtures}tiny`, fixtures, fixtures);
}

/** A job on a small base image: quick to deploy. */
export function job(): Scenario {
  return loadScenario(`${fixtures}job`, fixtures, fixtures);
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

interface RunOver {
  /** Stands before the lab's own way to open a lap. */
  readonly openLap?: (open: () => Promise<LapLab>, attempt: number) => Promise<LapLab>;
  readonly pace?: Pace;
  readonly keep?: (sample: Sample, raw: readonly RawLine[]) => void;
}

/** Drives turns of a scenario in a lab, and answers the samples. */
export async function runInLab(
  lab: Lab,
  scenario: Scenario,
  turns: readonly Turn<DeployKind>[],
  over: RunOver = {},
): Promise<Sample[]> {
  const workspace = await openWorkspace(scenario);
  const openLap = ({ round, variant, attempt }: LapName): Promise<LapLab> => {
    const own = scenario.variants.find(({ name }) => name === variant)?.links ?? scenario.links;
    const settings = { ...lapOf(`${round}-${variant}-${attempt}`, own), limits: scenario.server };
    const open = (): Promise<LapLab> => openLapLab(lab, settings, clock, never);
    return over.openLap === undefined ? open() : over.openLap(open, attempt);
  };
  try {
    return await runTurns({
      runId: lab.runId,
      scenario,
      turns,
      pace: over.pace ?? everyTurn(1),
      laps: 'side-by-side',
      openLap,
      repository: ({ variant }) => `${scenario.name}/${variant}`,
      workspace,
      clock,
      signal: never,
      listen: () => undefined,
      begin: async () => undefined,
      keep: async (sample, raw) => {
        over.keep?.(sample, raw);
        return sample;
      },
    });
  } finally {
    await workspace.close();
  }
}
