import type { Clock } from '../clock.ts';
import { deploy, type RawLine } from '../deploy/deploy.ts';
import type { LapState } from '../deploy/lap-state.ts';
import { closeAll } from '../lab/close-all.ts';
import type { Engine } from '../lab/engine/engine.ts';
import { type Lab, type LapLab, openLapLab } from '../lab/lab.ts';
import { type Sample, sampleSchemaVersion } from '../results/sample.ts';
import type { DeployKind, Scenario, Variant } from '../scenario/scenario.ts';
import type { RunListener } from './events.ts';
import type { Turn } from './plan.ts';
import type { Workspace } from './workspace.ts';

export interface RunInput {
  readonly scenario: Scenario;
  readonly turns: readonly (Turn & { readonly kind: DeployKind })[];
  readonly lab: Lab;
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly listen: RunListener;
  /** Called once, when the first nodes are up and before anything is timed. */
  readonly begin: (nodeEngine: Engine) => Promise<void>;
  /** Called after each deploy; the sample must be on disk when it returns. */
  readonly keep: (sample: Sample, raw: readonly RawLine[]) => Promise<void>;
}

/** A variant in its lap: null once a deploy has failed, for the next one would not find the state that its kind claims. */
interface Lap {
  readonly lab: LapLab;
  readonly state: LapState;
}

/**
 * Drives all turns of a run. A deploy that fails ends its variant's lap; one that fails in the first round ends the run after that
 * round, because the same build would fail again in every other.
 * @returns the samples, in order
 */
export async function runTurns(input: RunInput): Promise<Sample[]> {
  const rounds = [...new Set(input.turns.map((turn) => turn.round))];
  const samples: Sample[] = [];
  for (const round of rounds) {
    input.listen({ type: 'round-started', round, rounds: rounds.length });
    const turns = input.turns.filter((turn) => turn.round === round);
    samples.push(...(await runRound(input, round, rounds.length, turns, samples.length)));
    if (round === rounds[0] && samples.some((sample) => sample.outcome !== 'ok')) break;
  }
  return samples;
}

async function runRound(
  input: RunInput,
  round: number,
  rounds: number,
  turns: RunInput['turns'],
  done: number,
): Promise<Sample[]> {
  const { scenario, lab, clock, signal, listen } = input;
  const names = [...new Set(turns.map((turn) => turn.variant))];
  const opening = names.map((name) => openLapLab(lab, `${round}-${name}`, scenario.links, clock, signal));
  // All have come up or failed before anything is thrown: what is still being made cannot be cleaned up.
  const opened = await Promise.allSettled(opening);
  const labs = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  try {
    const laps = new Map<string, Lap | null>();
    for (const [index, name] of names.entries()) {
      laps.set(name, { lab: await (opening[index] as Promise<LapLab>), state: { current: null } });
    }
    const [first] = labs;
    if (done === 0 && first !== undefined) await input.begin(first.builder.engine);
    const samples: Sample[] = [];
    for (const turn of turns) {
      const lap = laps.get(turn.variant) ?? null;
      if (lap === null) continue;
      const { sample, state } = await runTurn(input, turn, lap, done + samples.length + 1);
      samples.push(sample);
      laps.set(turn.variant, state === null ? null : { lab: lap.lab, state });
      if (state === null) listen({ type: 'lap-abandoned', variant: turn.variant, round });
    }
    return samples;
  } finally {
    listen({ type: 'round-ended', round, rounds });
    await closeAll(labs.map((lapLab) => lapLab.close));
  }
}

async function runTurn(
  input: RunInput,
  turn: RunInput['turns'][number],
  lap: Lap,
  order: number,
): Promise<{ sample: Sample; state: LapState | null }> {
  const { scenario, lab, workspace, clock, signal, listen } = input;
  const deploys = input.turns.length;
  const variant = variantNamed(scenario, turn.variant);
  listen({ type: 'deploy-started', turn, order, deploys });
  // The same for every variant of the round: both halves of a pair get the same edit.
  const nonce = `${lab.runId}-${turn.round}-${turn.kind}`;
  await workspace.edit(variant, scenario.edits[turn.kind] ?? [], nonce);
  const startedAt = new Date().toISOString();
  const { observation, raw, state } = await deploy({
    scenario,
    variant,
    kind: turn.kind,
    lap: lap.lab,
    state: lap.state,
    tag: `r${turn.round}-${turn.kind}`,
    pack: () => workspace.pack(variant),
    clock,
    signal,
    onPhase: (phase) => listen({ type: 'phase-started', phase }),
  });
  const sample: Sample = {
    schema: sampleSchemaVersion,
    round: turn.round,
    order,
    variant: turn.variant,
    kind: turn.kind,
    startedAt,
    ...observation,
  };
  await input.keep(sample, raw);
  listen({ type: 'deploy-ended', sample, deploys });
  return { sample, state };
}

function variantNamed(scenario: Scenario, name: string): Variant {
  const variant = scenario.variants.find((candidate) => candidate.name === name);
  if (variant === undefined) throw new RangeError(`no variant ${name}`);
  return variant;
}
