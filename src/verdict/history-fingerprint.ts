import { createHash } from 'node:crypto';
import type { HistoryFingerprint, HistoryLinks } from '../results/history-entry.ts';
import type { RunRecord } from '../results/run-record.ts';

/** What decides whether times of this run may be compared with those of another, and a hash that is the same where all of it is. */
export function historyFingerprint(record: RunRecord): HistoryFingerprint & { readonly hash: string } {
  const { cpuModel, cpus, memoryBytes, kernel, hostEngine, nodeEngine, serverEngine } = record.fingerprint;
  const { version, storageDriver, imageStore } = nodeEngine;
  const own = record.scenario.variants.flatMap(({ name, links }): [string, HistoryLinks][] =>
    links === null ? [] : [[name, linksOf(links)]],
  );
  const parts: HistoryFingerprint = {
    cpuModel,
    cpus,
    memoryBytes,
    kernel,
    hostEngine,
    nodeEngine: { version, storageDriver, imageStore },
    serverEngine,
    links: linksOf(record.scenario.links),
    variantLinks: Object.fromEntries(own),
    serverLimits: record.scenario.server,
    server: record.server,
    registry: record.registry,
  };
  return { hash: hashOf(parts), ...parts };
}

/** The parts in which two fingerprints differ, each as `kernel` or `nodeEngine.version`. */
export function differingParts(one: HistoryFingerprint, other: HistoryFingerprint): string[] {
  const [left, right] = [new Map(leavesOf(one, [])), new Map(leavesOf(other, []))];
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].filter((name) => name !== 'hash' && left.get(name) !== right.get(name));
}

/** Without the label, which is only how somebody wrote it. */
function linksOf({ uplink, downlink, mirror }: RunRecord['scenario']['links']): HistoryLinks {
  const bare = ({ rate, roundTrip }: typeof uplink): HistoryLinks['uplink'] => ({ rate, roundTrip });
  return { uplink: bare(uplink), downlink: bare(downlink), mirror: bare(mirror) };
}

/** Of the leaves in the order of their names: the order of keys in a record says nothing of the machine. */
function hashOf(parts: HistoryFingerprint): string {
  const leaves = leavesOf(parts, []).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(leaves)).digest('hex').slice(0, 8);
}

function leavesOf(value: unknown, path: readonly string[]): [name: string, value: unknown][] {
  if (typeof value !== 'object' || value === null) return [[path.join('.'), value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}
