import { type Clock, elapsed } from '../clock.ts';
import { DeployclockError, messageOf } from '../errors.ts';
import { inspectContainer } from '../lab/engine/container.ts';
import { inspectImage } from '../lab/engine/images.ts';
import type { StreamMessage } from '../lab/engine/stream-messages.ts';
import type { LapLab } from '../lab/lab.ts';
import { failedRequests, type LedgerEntry } from '../lab/link/ledger.ts';
import { type Manifest, readManifest } from '../lab/registry/manifest.ts';
import type { Evidence, Outcome, PhaseName, Phases, Sample } from '../results/sample.ts';
import type { packContext } from '../scenario/pack-context.ts';
import type { DeployKind, Scenario, Variant } from '../scenario/scenario.ts';
import { milliseconds } from '../units.ts';
import { build } from './build.ts';
import { evidenceAfter, evidenceBefore } from './evidence.ts';
import { collectFacts } from './facts.ts';
import type { LapState, Release } from './lap-state.ts';
import { outcomeOf } from './outcome.ts';
import { PhaseFailure, type PhaseWork, type TimedPhase, timePhase } from './phase.ts';
import { withPresentLayers } from './present-layers.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { ready } from './ready.ts';
import { start } from './start.ts';
import { stop } from './stop.ts';

export interface DeployInput {
  readonly scenario: Scenario;
  readonly variant: Variant;
  readonly kind: DeployKind;
  readonly lap: LapLab;
  readonly state: LapState;
  /** New for every deploy of a lap. */
  readonly tag: string;
  /** Packs the variant's context with the kind's edit in it. */
  readonly pack: () => ReturnType<typeof packContext>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told at the start of each phase; must return at once, the clock is running. */
  readonly onPhase: (phase: PhaseName) => void;
}

/** What a deploy observed, without its place in the run. */
type Observation = Omit<Sample, 'schema' | 'round' | 'order' | 'variant' | 'kind' | 'startedAt'>;

/** One line of the raw record: an engine's message or a request that crossed a link, instants counted from the deploy's start. */
export type RawLine = Readonly<Record<string, unknown>>;

export interface DeployResult {
  readonly observation: Observation;
  readonly raw: readonly RawLine[];
  /** Null where the deploy was not `ok`: what it left is no state to go on from. */
  readonly state: LapState | null;
}

/**
 * Brings one edit to a healthy container: one sample. Failures become outcomes; only an abort of `signal` and errors of our own
 * are thrown.
 */
export async function deploy(input: DeployInput): Promise<DeployResult> {
  const { scenario, variant, kind, lap, state, tag, clock, signal, onPhase } = input;
  const repository = `${scenario.name}/${variant.name}`;
  const marks = {
    uplink: lap.uplink.ledger.length,
    downlink: lap.downlink.ledger.length,
    mirror: lap.mirrorLink.ledger.length,
  };
  const before = await evidenceBefore(kind, lap, state, repository).catch(() => null);
  const timed: TimedPhase<unknown>[] = [];
  const buildMessages: StreamMessage[] = [];
  const warnings: string[] = [];
  let failure: unknown = null;
  let release: Release | null = null;

  const run = async <Detail, Value>(
    name: PhaseName,
    work: (limited: AbortSignal) => Promise<PhaseWork<Detail, Value>>,
    limit = scenario.phaseTimeout,
  ): Promise<Value> => {
    onPhase(name);
    const done = await timePhase(name, clock, signal, limit, work);
    timed.push(done.timed);
    return done.value;
  };

  const began = clock.now();
  let ended = began;
  try {
    if (before === null)
      throw new DeployclockError(
        'LAB_FAILED',
        'The state before the deploy could not be looked at: a node or the registry does not answer.',
      );
    const imageId = await run('build', (limited) =>
      build(
        {
          lap,
          variant,
          pack: input.pack,
          tag: `${lap.uplink.address}/${repository}:${tag}`,
          keep: (message) => buildMessages.push(message),
        },
        clock,
        limited,
      ),
    );
    const pushed = await run('push', (limited) => push(lap, repository, tag, clock, limited));
    const pulled = await run('pull', (limited) => pull(lap, repository, tag, clock, limited));
    const previous = state.current;
    if (previous !== null)
      await run('stop', (limited) => stop(lap, previous.app, scenario.stopTimeout, clock, limited));
    const app = await run('start', (limited) =>
      start(lap, `${lap.downlink.address}/${repository}:${tag}`, scenario.app, clock, limited, signal),
    );
    await run(
      'ready',
      (limited) => ready(lap, app, scenario.app, scenario.ready, clock, limited),
      // The wait has a deadline of its own, which explains itself better than the phase's.
      milliseconds(scenario.ready.timeout + scenario.phaseTimeout),
    );
    ended = clock.now();
    release = { tag, imageId, app };
    warnings.push(...[...pushed.retries, ...pulled.retries].map((retry) => `the engine repeated a transfer: ${retry}`));
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof PhaseFailure) timed.push(thrown.phase);
    failure = thrown instanceof PhaseFailure ? thrown.reason : thrown;
  }

  const entries = {
    uplink: lap.uplink.ledger.slice(marks.uplink),
    downlink: lap.downlink.ledger.slice(marks.downlink),
    mirror: lap.mirrorLink.ledger.slice(marks.mirror),
  };
  warnings.push(...describeFailedRequests(entries));
  const manifest = await readManifest(lap.registry, repository, tag).catch(() => null);
  const phases = withPresentLayers(assemblePhases(timed, clock.source), manifest);
  const image = await inspectImage(lap.builder.engine, `${lap.uplink.address}/${repository}:${tag}`).catch(() => null);
  const after = release === null ? [] : await proveAfter(input, release, phases, manifest);
  const evidence = [...(before ?? []), ...after];
  const releaseMs = release === null ? null : elapsed(began, ended);
  const attributed = timed.reduce((sum, phase) => sum + phase.ms, 0);
  const outcome = failure !== null ? outcomeOf(failure) : wrongState(evidence) ? 'wrong-state' : 'ok';
  return {
    observation: {
      outcome,
      failure: describeFailure(failure, outcome, evidence),
      release: releaseMs === null ? null : { ms: releaseMs },
      phases,
      unattributedMs: releaseMs === null ? null : releaseMs - attributed,
      facts: collectFacts(phases, image?.size ?? null, manifest),
      evidence,
      warnings,
    },
    raw: rawLines(began, timed, buildMessages, entries),
    state: release === null || outcome !== 'ok' ? null : { current: release },
  };
}

function assemblePhases(timed: readonly TimedPhase<unknown>[], source: string): Phases {
  const phases: Record<PhaseName, unknown> = {
    build: null,
    push: null,
    pull: null,
    stop: null,
    start: null,
    ready: null,
  };
  for (const { name, ms, resolution, detail } of timed) {
    phases[name] = { ms, source, resolutionMs: resolution, detail: detail === null ? null : detail() };
  }
  // Each phase's work is typed by its own file; here they only come together.
  return phases as Phases;
}

async function proveAfter(
  input: DeployInput,
  release: Release,
  phases: Phases,
  manifest: Manifest | null,
): Promise<Evidence[]> {
  const runs = await runsThisRelease(input.lap, release);
  if (manifest !== null) return [...evidenceAfter(input.kind, input.state, release, phases, manifest), runs];
  return [
    { claim: 'the registry has this release', when: 'after', proof: 'no manifest could be read', holds: false },
    runs,
  ];
}

async function runsThisRelease(lap: LapLab, release: Release): Promise<Evidence> {
  const container = await inspectContainer(lap.server.engine, release.app.containerId).catch(() => null);
  return {
    claim: 'the server runs this release',
    when: 'after',
    proof: container === null ? 'the server does not answer' : `container of ${container.imageId}`,
    holds: container?.running === true && container.imageId === release.imageId,
  };
}

function wrongState(evidence: readonly Evidence[]): boolean {
  return evidence.some((piece) => !piece.holds);
}

function describeFailure(failure: unknown, outcome: Outcome, evidence: readonly Evidence[]): Sample['failure'] {
  if (outcome === 'ok') return null;
  if (outcome === 'wrong-state') {
    const broken = evidence.filter((piece) => !piece.holds).map((piece) => `${piece.claim} (found: ${piece.proof})`);
    return { code: 'WRONG_STATE', message: `Not as the deploy kind claims: ${broken.join('; ')}.`, excerpt: null };
  }
  if (failure instanceof DeployclockError)
    return { code: failure.code, message: failure.message, excerpt: failure.excerpt };
  return { code: 'LAB_FAILED', message: messageOf(failure), excerpt: null };
}

function describeFailedRequests(entries: Readonly<Record<string, readonly LedgerEntry[]>>): string[] {
  return Object.entries(entries).flatMap(([link, requests]) =>
    failedRequests(requests).map(
      (request) =>
        `${link}: ${request.method} ${request.path} ${request.error ?? `was answered with ${request.status}`}`,
    ),
  );
}

function rawLines(
  began: number,
  timed: readonly TimedPhase<unknown>[],
  messages: readonly StreamMessage[],
  entries: Readonly<Record<string, readonly LedgerEntry[]>>,
): RawLine[] {
  const since = (at: number | null): number | null => (at === null ? null : at - began);
  return [
    ...timed.map(({ name, startedAt, ms }) => ({ source: 'phase', name, startMs: since(startedAt), ms })),
    ...messages.map(({ at, body }) => ({ source: 'build', atMs: since(at), body })),
    ...Object.entries(entries).flatMap(([link, requests]) =>
      requests.map((request) => ({
        source: link,
        method: request.method,
        path: request.path,
        status: request.status,
        requestBytes: request.requestBytes,
        responseBytes: request.responseBytes,
        startMs: since(request.startedAt),
        firstByteMs: since(request.firstByteAt),
        lastByteMs: since(request.lastByteAt),
        endMs: since(request.endedAt),
        error: request.error,
      })),
    ),
  ];
}
