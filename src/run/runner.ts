import type { Clock } from '../clock.ts';
import { type DeployResult, deploy } from '../deploy/deploy.ts';
import type { RawLine } from '../deploy/raw-lines.ts';
import { closeAll } from '../lab/close-all.ts';
import type { Engine } from '../lab/engine/engine.ts';
import type { LapLab } from '../lab/lab.ts';
import { type Sample, sampleSchemaVersion } from '../results/sample.ts';
import type { DeployKind, Scenario, Variant } from '../scenario/scenario.ts';
import type { RunListener } from './events.ts';
import { appliedEdits, type Lap, type LapName, mostAttempts, newLap, prepareBench, withEdit } from './lap.ts';
import type { Pace } from './pace.ts';
import { type Turn, tagOf } from './plan.ts';
import type { Workspace } from './workspace.ts';

export interface RunInput {
  readonly runId: string;
  readonly scenario: Scenario;
  readonly turns: readonly Turn<DeployKind>[];
  readonly pace: Pace;
  /** Whether the laps of a round stand side by side, or each is gone before the next is opened: then its turns follow each other. */
  readonly laps: 'side-by-side' | 'one-after-another';
  /** Opens what a lap has to itself; a first deploy that is measured again gets another one. */
  readonly openLap: (lap: LapName) => Promise<LapLab>;
  /** Repository of a lap's releases. */
  readonly repository: (lap: LapName) => string;
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly listen: RunListener;
  /** Called once, when the first nodes are up and before anything is timed. */
  readonly begin: (builder: Engine, server: Engine) => Promise<void>;
  /** Called after each deploy; the sample must be on disk when it returns. Answers it as it was kept: without secrets. */
  readonly keep: (sample: Sample, raw: readonly RawLine[]) => Promise<Sample>;
}

/**
 * Drives the turns of a run that are wanted. A deploy that leaves no release ends its variant's lap; a kind that fails whole in the first round ends the
 * run after that round, because the same build would fail again in every other.
 * @returns the samples, in order
 */
export async function runTurns(input: RunInput): Promise<Sample[]> {
  const samples: Sample[] = [];
  const rounds = [...new Set(input.turns.map((turn) => turn.round))];
  for (const round of rounds) {
    if (!input.pace.startsRound(round, samples)) continue;
    const turns = input.turns.filter((turn) => turn.round === round);
    input.listen({ type: 'round-started', round, rounds: input.pace.lastRound(samples) });
    const made: Turn[] = [];
    for (const group of input.laps === 'side-by-side' ? [turns] : byVariant(turns)) {
      made.push(...(await runLaps(input, round, group, samples)));
    }
    // Of several repeats one may fail by chance; where none is ok, every other round would be the same.
    const failed = made.some((turn) => !samples.some((each) => isOfKind(turn, each) && each.outcome === 'ok'));
    if (round === rounds[0] && failed) break;
  }
  return samples;
}

/** How many deploys the run comes to by what is known so far; a turn that was measured several times is several. */
function deploysInSight({ turns, pace }: RunInput, { round }: Turn, samples: readonly Sample[]): number {
  const last = pace.lastRound(samples);
  const open = turns.filter(
    (turn) =>
      turn.round <= last &&
      (turn.round > round || pace.wants(turn, samples)) &&
      !samples.some((sample) => isOf(turn, sample)),
  );
  return samples.length + open.length;
}

function isOfKind({ round, kind, variant }: Turn, sample: Sample): boolean {
  return sample.round === round && sample.kind === kind && sample.variant === variant;
}

function isOf(turn: Turn, sample: Sample): boolean {
  return (
    sample.round === turn.round &&
    sample.kind === turn.kind &&
    sample.repeat === turn.repeat &&
    sample.variant === turn.variant
  );
}

function byVariant(turns: RunInput['turns']): RunInput['turns'][] {
  const variants = [...new Set(turns.map((turn) => turn.variant))];
  return variants.map((variant) => turns.filter((turn) => turn.variant === variant));
}

/**
 * Adds what it measures to `samples`.
 * @returns the turns that were wanted, whether a lap got as far as them or not
 */
async function runLaps(
  input: RunInput,
  round: number,
  turns: RunInput['turns'],
  samples: Sample[],
): Promise<Turn<DeployKind>[]> {
  const { listen } = input;
  const names = [...new Set(turns.map((turn) => turn.variant))];
  const opening = names.map((variant) => input.openLap({ round, variant, attempt: 1 }));
  // All have come up or failed before anything is thrown: what is still being made cannot be cleaned up.
  const opened = await Promise.allSettled(opening);
  const labs = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  try {
    const laps = new Map<string, Lap | null>();
    for (const [index, variant] of names.entries()) {
      laps.set(variant, newLap({ round, variant, attempt: 1 }, await (opening[index] as Promise<LapLab>)));
    }
    const [first] = labs;
    if (samples.length === 0 && first !== undefined)
      await input.begin(first.bench.builder.engine, first.bench.server.engine);
    const wanted: Turn<DeployKind>[] = [];
    for (const turn of turns) {
      if (!input.pace.wants(turn, samples)) continue;
      wanted.push(turn);
      let lap = laps.get(turn.variant) ?? null;
      if (lap === null) continue;
      for (let attempt = 1; attempt <= mostAttempts && lap !== null; attempt += 1) {
        // Nothing but a new lap is a first deploy's state once something was deployed.
        if (attempt > 1 && turn.kind === 'first') {
          await lap.lab.close();
          const name = { round, variant: turn.variant, attempt };
          const again = await input.openLap(name);
          labs.push(again);
          lap = newLap(name, again);
        }
        const { sample, after } = await runTurn(input, turn, attempt, lap, samples);
        samples.push(sample);
        lap = after;
        if (sample.outcome !== 'wrong-state') break;
      }
      laps.set(turn.variant, lap);
      if (lap === null) listen({ type: 'lap-abandoned', variant: turn.variant, round });
    }
    return wanted;
  } finally {
    listen({ type: 'laps-ended', round });
    await closeAll(labs.map((lapLab) => lapLab.close));
  }
}

async function runTurn(
  input: RunInput,
  turn: Turn<DeployKind>,
  attempt: number,
  lap: Lap,
  before: readonly Sample[],
): Promise<{ sample: Sample; after: Lap | null }> {
  const { scenario, workspace, clock, signal, listen } = input;
  const { round, kind, repeat } = turn;
  const order = before.length + 1;
  const deploys = deploysInSight(input, turn, before);
  const variant = variantNamed(scenario, turn.variant);
  listen({ type: 'deploy-started', turn, attempt, order, deploys });
  const bench = await prepareBench(lap, kind, variant);
  // The same for every variant of the round: both halves of a pair get the same edit.
  const nonce = [input.runId, round, kind, repeat, ...(attempt === 1 ? [] : [attempt])].join('-');
  const nonces = withEdit(lap, kind, nonce);
  await workspace.edit(variant, appliedEdits(scenario, nonces));
  const startedAt = new Date().toISOString();
  const result: DeployResult = await deploy({
    scenario,
    variant,
    kind,
    bench,
    state: lap.state,
    repository: input.repository(lap.name),
    tag: tagOf(turn, attempt),
    pack: () => workspace.pack(variant),
    clock,
    signal,
    onPhase: (phase) => listen({ type: 'phase-started', phase }),
  });
  const sample: Sample = {
    schema: sampleSchemaVersion,
    ...{ round, repeat, attempt, order, variant: turn.variant, kind, startedAt },
    ...result.observation,
  };
  const kept = await input.keep(sample, result.raw);
  listen({ type: 'deploy-ended', sample: kept, deploys });
  // One more server has served its purpose; the lap goes on with its own.
  if (kind === 'new-server') await bench.server.close();
  const next = kind === 'new-server' ? lap.bench : bench;
  return { sample: kept, after: result.state === null ? null : { ...lap, bench: next, state: result.state, nonces } };
}

function variantNamed(scenario: Scenario, name: string): Variant {
  const variant = scenario.variants.find((candidate) => candidate.name === name);
  if (variant === undefined) throw new RangeError(`no variant ${name}`);
  return variant;
}
