import type { Clock } from '../clock.ts';
import { DeployclockError, messageOf } from '../errors.ts';
import type { StreamMessage } from '../lab/engine/stream-messages.ts';
import type { Transfer } from '../lab/engine/transfer-image.ts';
import type { Bench } from '../lab/lab.ts';
import type { PhaseName } from '../results/sample.ts';
import type { packContext } from '../scenario/pack-context.ts';
import type { DeployKind, Scenario, Variant } from '../scenario/scenario.ts';
import type { Milliseconds } from '../units.ts';
import { build } from './build.ts';
import type { LapState, Release } from './lap-state.ts';
import { PhaseFailure, type RunPhase, type TimedPhase, timePhase } from './phase.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { type Replaced, replaceApp } from './replace.ts';

export interface DeployInput {
  readonly scenario: Scenario;
  readonly variant: Variant;
  readonly kind: DeployKind;
  readonly bench: Bench;
  readonly state: LapState;
  /** Repository of the variant's releases; no other variant pushes there. */
  readonly repository: string;
  /** New for every deploy of a lap. */
  readonly tag: string;
  /** Packs the variant's context with the edits that are in force. */
  readonly pack: () => ReturnType<typeof packContext>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told at the start of each phase; must return at once, the clock is running. */
  readonly onPhase: (phase: PhaseName) => void;
}

/** All that was seen while the clock was running; what follows from it is derived afterwards. */
export interface Witnessed {
  readonly began: Milliseconds;
  readonly timed: readonly TimedPhase<unknown>[];
  readonly buildMessages: readonly StreamMessage[];
  readonly transfers: readonly Transfer[];
  readonly thrown: unknown;
  readonly target: Target | null;
  readonly replaced: Replaced | null;
}

/** The release that is brought to the server. */
type Target = Pick<Release, 'tag' | 'imageId' | 'digest'>;

/** The part of a deploy that is on the clock. Failures are kept; only an abort of `signal` is thrown. */
export async function drive(input: DeployInput): Promise<Witnessed> {
  const { scenario, kind, bench, state, repository, clock, signal } = input;
  const timed: TimedPhase<unknown>[] = [];
  const buildMessages: StreamMessage[] = [];
  const transfers: Transfer[] = [];
  let target: Target | null = null;
  let replaced: Replaced | null = null;
  let thrown: unknown = null;
  const run: RunPhase = async (name, work, limit = scenario.phaseTimeout) => {
    input.onPhase(name);
    const done = await timePhase(name, clock, signal, limit, work);
    timed.push(done.timed);
    return done.value;
  };
  const began = clock.now();
  try {
    if (buildsImage(kind)) {
      const imageId = await run('build', (limited) =>
        build(
          buildInput(input, (message) => buildMessages.push(message)),
          clock,
          limited,
        ),
      );
      const pushed = await run('push', (limited) => push(bench, repository, input.tag, clock, limited));
      transfers.push(pushed);
      target = { tag: input.tag, imageId, digest: pushed.digest };
    } else {
      target = kind === 'rollback' ? state.previous : state.current;
      if (target === null) throw nothingToDeploy(kind);
    }
    const { tag, digest } = target;
    // Undoing asks for exactly what ran before, whatever its tag means by now.
    const reference = kind === 'rollback' ? digest : tag;
    transfers.push(await run('pull', (limited) => pull(bench, repository, reference, clock, limited)));
    replaced = await replaceApp(run, {
      bench,
      scenario,
      name: `deployclock-${bench.runId}-${repository.replaceAll('/', '-')}-${input.tag}`,
      image: `${bench.registry.pullPrefix}/${repository}${kind === 'rollback' ? `@${digest}` : `:${tag}`}`,
      previous: kind === 'new-server' ? null : (state.current?.app ?? null),
      clock,
      signal,
    });
  } catch (failure) {
    signal.throwIfAborted();
    if (failure instanceof PhaseFailure) timed.push(failure.phase);
    thrown = failure instanceof PhaseFailure ? failure.reason : failure;
  }
  return { began, timed, buildMessages, transfers, thrown, target, replaced };
}

/** A rollback and a new server take a release that there is already. */
export function buildsImage(kind: DeployKind): boolean {
  return kind !== 'new-server' && kind !== 'rollback';
}

function buildInput(
  { variant, kind, bench, state, repository, tag, pack }: DeployInput,
  keep: (message: StreamMessage) => void,
) {
  const { pushPrefix } = bench.registry;
  const from = variant.builder === 'registry-cache' && kind !== 'first' ? state.current : null;
  return {
    bench,
    variant,
    pack,
    reference: `${pushPrefix}/${repository}:${tag}`,
    cacheFrom: from === null ? null : `${pushPrefix}/${repository}:${from.tag}`,
    keep,
  };
}

function nothingToDeploy(kind: DeployKind): DeployclockError {
  const what = kind === 'rollback' ? 'no other release to go back to' : 'no release that a new server could run';
  return new DeployclockError('LAB_FAILED', `The deploys before left ${what}.`);
}

export function nothingDone({ clock }: DeployInput, cause: unknown): Witnessed {
  const thrown = new DeployclockError(
    'LAB_FAILED',
    `The state before the deploy could not be looked at: ${messageOf(cause)}`,
    { cause },
  );
  return { began: clock.now(), timed: [], buildMessages: [], transfers: [], thrown, target: null, replaced: null };
}
