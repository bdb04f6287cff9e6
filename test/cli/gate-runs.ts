import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { GateRecord, RunRecord } from '../../src/results/run-record.ts';
import type { Sample } from '../../src/results/sample.ts';
import { exampleRecord, exampleSample } from '../unit/results/example-run.ts';

/** A run of `before` and `after`, as its folder has it. */
export interface GateRun {
  readonly record: RunRecord;
  readonly samples: readonly Sample[];
}

/** Of noise the same at every run of the tests: up to 1 % either way, another in each round. */
const noise = [0.004, -0.009, 0.001, 0.007, -0.003, -0.006, 0.01, 0.002, -0.001, 0.005];

interface Made {
  readonly rounds?: number;
  readonly gates?: readonly Partial<GateRecord>[];
  /** How many times as long the pull of `after` takes, in a round. */
  readonly pull?: (round: number) => number;
  readonly bytes?: number;
  readonly change?: (record: RunRecord) => RunRecord;
}

/** A run whose `before` pulls in 10 s and builds in 20 s, of an image of 200 MB. */
export function gateRun({
  rounds = 10,
  gates = [],
  pull = () => 1,
  bytes = 200e6,
  change = (same) => same,
}: Made): GateRun {
  const example = exampleRecord(['before', 'after'], rounds);
  const record = { ...example, scenario: { ...example.scenario, gates: gates.map(gate) } };
  const samples = record.plan.turns.map(({ round, kind, variant }, index) => {
    const wobble = 1 + (noise[(round + (variant === 'after' ? 3 : 0)) % noise.length] ?? 0);
    const after = variant === 'after';
    const phases = { build: 20_000 * wobble, pull: 10_000 * wobble * (after ? pull(round) : 1) };
    const facts = { 'image.bytes': after ? bytes : 200e6, 'image.layers': 9 };
    return exampleSample({ phases, facts }, { round, kind, variant, order: index + 1 });
  });
  return { record: change(record), samples };
}

function gate(written: Partial<GateRecord>): GateRecord {
  return { metric: '', budget: null, maxIncrease: null, floorMs: 200, level: 'error', erratic: false, ...written };
}

/** Writes it to a temporary folder, gone after the test; answers its path. */
export function folderOf({ record, samples }: GateRun, journal = lines(samples)): string {
  const folder = mkdtempSync(join(tmpdir(), 'deployclock-gate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  writeFileSync(join(folder, 'samples.ndjson'), journal);
  return folder;
}

export function lines(samples: readonly unknown[]): string {
  return samples.map((sample) => `${JSON.stringify(sample)}\n`).join('');
}
