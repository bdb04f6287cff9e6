import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { RunRecord } from '../../../src/results/run-record.ts';
import { type Facts, factNames, type PhaseName, type Phases, type Sample } from '../../../src/results/sample.ts';

/** A valid record of these variants, the first being the baseline, planned for as many rounds of both kinds. */
export function exampleRecord(variants: readonly string[] = ['before', 'after'], rounds = 1): RunRecord {
  const kinds = ['first', 'code-edit'];
  const link = { label: '100mbps', rate: 1e8, roundTrip: 0 };
  return {
    schema: 2,
    tool: { name: 'deployclock', version: '0.1.0' },
    id: '2026-11-23T20-41-07Z-7f3a',
    startedAt: '2026-11-23T20:41:07.000Z',
    scenario: {
      name: 'node-api',
      description: 'An API.',
      variants: variants.map((name) => ({
        name,
        dockerfile: `Dockerfile.${name}`,
        context: '.',
        target: null,
        buildArgs: [],
        dockerfileText: 'FROM node:20\n',
        builder: 'warm',
        ref: null,
        links: null,
      })),
      baseline: variants[0] ?? '',
      app: { port: 3000, env: [] },
      ready: { check: 'http', path: '/health', status: 200, body: null, successes: 1, timeout: 60_000 },
      edits: { 'code-edit': [{ action: 'append', file: 'src/index.ts', text: '// {{nonce}}' }] },
      links: { uplink: link, downlink: link, mirror: link },
      server: { cpus: null, memory: null },
      replace: 'stop-first',
      assumed: [],
      gates: [],
    },
    server: { sort: 'node', address: null },
    registry: { sort: 'lab', address: null },
    seed: 32570,
    plan: {
      rounds,
      kinds,
      skipped: [],
      turns: Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) =>
        kinds.flatMap((kind) => variants.map((variant) => ({ round, kind, repeat: 1, variant }))),
      ),
      stopping: { rule: 'fixed' },
    },
    fingerprint: {
      cpuModel: 'CPU',
      cpus: 2,
      memoryBytes: 8e9,
      kernel: '6.1.0',
      platform: 'Linux x64',
      nodeJs: 'v20.19.5',
      hostEngine: { version: '28.5.2', storageDriver: 'overlay2', cgroupVersion: '2' },
      nodeEngine: {
        version: '28.5.2',
        apiVersion: '1.51',
        storageDriver: 'overlay2',
        imageStore: 'graphdriver',
        maxConcurrentDownloads: 3,
      },
      serverEngine: {
        version: '28.5.2',
        storageDriver: 'overlay2',
        imageStore: 'graphdriver',
        cpus: 2,
        memoryBytes: 8e9,
      },
    },
    images: [{ role: 'node', image: 'docker:28-dind', id: 'sha256:1', standIn: false }],
    linkProbes: [],
    git: null,
    command: 'deployclock run node-api',
  };
}

export interface ExampleNumbers {
  readonly phases?: Partial<Record<PhaseName, number>>;
  readonly facts?: Partial<Facts>;
}

const noPhases: Phases = { build: null, push: null, pull: null, stop: null, start: null, ready: null };

export const noFacts = Object.fromEntries(factNames.map((name) => [name, null])) as Facts;

/** An `ok` sample with these phases and facts and no others; its release clock is the sum of the phases. */
export function exampleSample(numbers: ExampleNumbers = {}, changes: Partial<Sample> = {}): Sample {
  const times = numbers.phases ?? {};
  const timed = Object.entries(times).map(([name, ms]) => [
    name,
    { ms, source: 'monotonic', resolutionMs: 0.001, detail: null },
  ]);
  return {
    schema: 2,
    round: 1,
    repeat: 1,
    attempt: 1,
    order: 1,
    variant: 'before',
    kind: 'first',
    outcome: 'ok',
    failure: null,
    startedAt: '2026-11-23T20:41:07.000Z',
    release: { ms: Object.values(times).reduce((sum, ms) => sum + ms, 0) },
    phases: { ...noPhases, ...Object.fromEntries(timed) },
    unattributedMs: 0,
    downtime: null,
    facts: { ...noFacts, ...numbers.facts },
    evidence: [],
    tainted: [],
    warnings: [],
    ...changes,
  };
}

export function exampleRun(samples: readonly Sample[], changes: Partial<RunFolder> = {}): RunFolder {
  return { record: exampleRecord(), samples, warnings: [], ...changes };
}
