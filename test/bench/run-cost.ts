import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../src/lab/engine/engine.ts';
import type { Sample } from '../../src/results/sample.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { everyTurn } from '../../src/run/pace.ts';
import { recordRun } from '../../src/run/record-run.ts';
import { readDockerfiles } from '../../src/run/supply-missing.ts';
import { deployKinds, type Scenario } from '../../src/scenario/scenario.ts';
import { clock, never } from '../lab/bed.ts';

export interface RunCost {
  readonly samples: readonly Sample[];
  /** From the call to its return. */
  readonly wallMs: number;
  /** Release clocks together. */
  readonly measuredMs: number;
  /** Time in phases, and our own processor time in it, of all threads. */
  readonly phaseMs: number;
  readonly processorMs: number;
}

/** One round of all kinds, as `deployclock run` makes it, with our own processor time taken at the borders of the phases. */
export async function costOfRun(host: Engine, scenario: Scenario): Promise<RunCost> {
  const resultsRoot = await mkdtemp(join(tmpdir(), 'deployclock-bench-'));
  let phaseMs = 0;
  let processorMs = 0;
  let open: { at: number; used: NodeJS.CpuUsage } | null = null;
  const mark = (inPhase: boolean): void => {
    const at = clock.now();
    if (open !== null) {
      const used = process.cpuUsage(open.used);
      phaseMs += at - open.at;
      processorMs += (used.user + used.system) / 1000;
    }
    open = inPhase ? { at, used: process.cpuUsage() } : null;
  };
  const listen = (event: RunEvent): void => {
    if (event.type === 'phase-started') mark(true);
    else if (event.type === 'deploy-ended') mark(false);
  };
  try {
    const began = clock.now();
    const samples = await recordRun({
      ...{
        scenario,
        kinds: deployKinds,
        skipped: [],
        rounds: 1,
        stopping: { rule: 'fixed' },
        pace: everyTurn(1),
        git: null,
        repeats: {},
        seed: 1,
        host,
        clock,
        signal: never,
      },
      existing: { server: null, registry: null, registryCa: null, env: {}, home: homedir() },
      dockerfiles: readDockerfiles(scenario, scenario.folder),
      ...{ resultsRoot, toolVersion: 'bench', command: 'npm run bench', listen, onFolder: () => undefined },
    });
    const wallMs = clock.now() - began;
    const measuredMs = samples.reduce((sum, sample) => sum + (sample.release?.ms ?? 0), 0);
    return { samples, wallMs, measuredMs, phaseMs, processorMs };
  } finally {
    await rm(resultsRoot, { recursive: true, force: true });
  }
}
