import { buffer } from 'node:stream/consumers';
import { execa } from 'execa';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { type PhaseWork, timePhase } from '../../src/deploy/phase.ts';
import { pull } from '../../src/deploy/pull.ts';
import { push } from '../../src/deploy/push.ts';
import { buildImage } from '../../src/lab/engine/build-image.ts';
import type { Engine } from '../../src/lab/engine/engine.ts';
import { removeImage, tagImage } from '../../src/lab/engine/images.ts';
import { type Bench, type Lab, openLapLab } from '../../src/lab/lab.ts';
import { type LinkTarget, openLink } from '../../src/lab/link/link.ts';
import { startNode } from '../../src/lab/nodes/node.ts';
import { startRegistry } from '../../src/lab/registry/registry.ts';
import type { LinkProfile } from '../../src/scenario/scenario.ts';
import { median } from '../../src/stats/median.ts';
import { milliseconds } from '../../src/units.ts';
import { clock, lapOf, never, openTestLab, rated } from '../lab/bed.ts';

/**
 * The same push and pull on the same nodes, timed by our phases and by a stopwatch around Docker's own command line, taking turns.
 * The goal: medians within 2 % or 30 ms, whichever is more. What the command line takes to start is part of its time.
 */
const pairs = 8;
const image = 'accuracy:one';

/**
 * One layer that no compression makes smaller, in one file: what an engine does with it depends little on the disk. Unpacking the thousands of
 * files of a real base again and again in one node varied by a quarter here, whoever timed it.
 */
const dockerfile = `FROM node:20-slim AS make
RUN head -c 40000000 /dev/urandom > /blob
FROM scratch
COPY --from=make /blob /blob
`;
const goal = { share: 0.02, ms: 30 };
const stopwatches = ['deployclock', 'command line'] as const;
type Stopwatch = (typeof stopwatches)[number];

test('push and pull, against the Docker command line', async () => {
  const lab = await openTestLab('accuracy');
  try {
    const links = { uplink: rated(100), downlink: rated(100), mirror: rated(4000) };
    const lap = await openLapLab(lab, lapOf('1-a', links), clock, never);
    const { bench, pointTo } = await withMovableUplink(lab, lap.bench, links.uplink);
    for (const each of [lap.bench, bench]) await makeImage(each);
    await release(lap.bench, 'accuracy/pull');
    await ours('push', (signal) => push(lap.bench, 'accuracy/pull', 'one', clock, signal));
    const rows = [
      await compare('pull', (by) => timePull(lap.bench, by)),
      await compare('push', (by, turn) => timePush(lab, bench, pointTo, by, turn)),
    ];
    expect(rows.filter((row) => !row.within)).toEqual([]);
  } finally {
    await lab.close();
  }
});

/** Each pair in the reverse order of the one before, after a pair that does not count: it warms what only the first transfer finds cold. */
async function compare(
  phase: string,
  time: (by: Stopwatch, turn: number) => Promise<number>,
): Promise<{ phase: string; within: boolean }> {
  const times: Record<Stopwatch, number[]> = { deployclock: [], 'command line': [] };
  for (let turn = 0; turn <= pairs; turn += 1) {
    for (const by of turn % 2 === 0 ? stopwatches : stopwatches.toReversed()) {
      const ms = await time(by, turn);
      if (turn > 0) times[by].push(ms);
    }
  }
  const [own, other] = [median(times.deployclock), median(times['command line'])];
  const difference = other - own;
  const within = Math.abs(difference) <= Math.max(goal.ms, goal.share * other);
  console.log(
    `${phase}: deployclock ${own.toFixed(0)} ms, command line ${other.toFixed(0)} ms, ratio ${(own / other).toFixed(4)}, ` +
      `difference ${difference.toFixed(0)} ms (medians of ${pairs} pairs; goal: 2 % or 30 ms): ${within ? 'within' : 'NOT within'}`,
  );
  return { phase, within };
}

async function timePull(bench: Bench, by: Stopwatch): Promise<number> {
  const reference = `${bench.registry.pullPrefix}/accuracy/pull:one`;
  try {
    if (by === 'command line') return await commandLine(bench.server.engine, ['pull', '--quiet', reference]);
    return await ours('pull', (signal) => pull(bench, 'accuracy/pull', 'one', clock, signal));
  } finally {
    await removeImage(bench.server.engine, reference);
  }
}

/** The bench with another builder, whose uplink can be pointed to one registry after another while the builder knows one address. */
async function withMovableUplink(
  lab: Lab,
  bench: Bench,
  profile: LinkProfile,
): Promise<{ bench: Bench; pointTo: (registry: LinkTarget) => void }> {
  const { runId, network, images, privileges, host } = lab;
  const first = await startRegistry(host, { runId, name: 'pushed', image: images.registry.image, network }, never);
  const target = { host: first.host, port: first.port };
  const uplink = await openLink(profile, network.gateway, target, clock);
  const addresses = { registries: [uplink.address], mirror: bench.mirrorLink.address };
  const common = { runId, name: 'builder-movable', image: images.engine.image, network, privileges };
  const builder = await startNode(host, { ...common, ...addresses }, never);
  const registry = { ...bench.registry, pushPrefix: uplink.address };
  return {
    bench: { ...bench, builder, uplink, registry },
    pointTo: ({ host: to, port }) => Object.assign(target, { host: to, port }),
  };
}

/** Every push goes to an empty registry behind the same link: one that has the layers would say so. */
async function timePush(
  lab: Lab,
  bench: Bench,
  pointTo: (registry: LinkTarget) => void,
  by: Stopwatch,
  turn: number,
): Promise<number> {
  const { runId, network, images } = lab;
  const name = `${turn}-${by === 'deployclock' ? 'own' : 'other'}`;
  const registry = await startRegistry(lab.host, { runId, name, image: images.registry.image, network }, never);
  pointTo(registry);
  const repository = `accuracy/${name}`;
  const reference = await release(bench, repository);
  try {
    if (by === 'command line') return await commandLine(bench.builder.engine, ['push', '--quiet', reference]);
    return await ours('push', (signal) => push(bench, repository, 'one', clock, signal));
  } finally {
    await removeImage(bench.builder.engine, reference);
    await registry.close();
  }
}

async function makeImage({ builder }: Bench): Promise<void> {
  const tar = pack();
  tar.entry({ name: 'Dockerfile' }, dockerfile);
  tar.finalize();
  const request = { dockerfile: 'Dockerfile', tag: image, target: null, buildArgs: {} };
  await buildImage(builder.engine, { ...request, tar: await buffer(tar) }, clock, never, () => undefined);
}

async function release({ builder, registry }: Bench, repository: string): Promise<string> {
  await tagImage(builder.engine, image, `${registry.pushPrefix}/${repository}`, 'one');
  return `${registry.pushPrefix}/${repository}:one`;
}

async function ours<Detail, Value>(
  phase: 'push' | 'pull',
  work: (signal: AbortSignal) => Promise<PhaseWork<Detail, Value>>,
): Promise<number> {
  return (await timePhase(phase, clock, never, milliseconds(600_000), work)).timed.ms;
}

async function commandLine(engine: Engine, args: readonly string[]): Promise<number> {
  const { address } = engine;
  if (address.sort !== 'unix') throw new Error('a node listens on a Unix socket');
  const began = performance.now();
  await execa('docker', ['--host', `unix://${address.path}`, ...args]);
  return performance.now() - began;
}
