import { elapsed } from '../clock.ts';
import { inspectImage, listBuildCache } from '../lab/engine/images.ts';
import type { Bench } from '../lab/lab.ts';
import type { PhaseName, Phases, Sample } from '../results/sample.ts';
import { buildsImage, type DeployInput, drive, nothingDone } from './drive.ts';
import { evidenceAfter } from './evidence/after.ts';
import { evidenceBefore } from './evidence/before.ts';
import { collectFacts } from './facts.ts';
import { judge } from './failure.ts';
import { type LapState, stateAfter } from './lap-state.ts';
import type { TimedPhase } from './phase.ts';
import { withPresentLayers } from './present-layers.ts';
import { type RawLine, rawLines } from './raw-lines.ts';
import { type Ledgers, taintsOf } from './taints.ts';

/** What a deploy observed, without its place in the run. */
type Observation = Omit<Sample, 'schema' | 'round' | 'repeat' | 'attempt' | 'order' | 'variant' | 'kind' | 'startedAt'>;

export interface DeployResult {
  readonly observation: Observation;
  readonly raw: readonly RawLine[];
  /** What the next deploy of the lap goes on from; null where this one left no release. */
  readonly state: LapState | null;
}

/**
 * Brings one edit to a healthy container, or a release that there is to another server or back: one sample. Failures become outcomes;
 * only an abort of `signal` and errors of our own are thrown.
 */
export async function deploy(input: DeployInput): Promise<DeployResult> {
  const { scenario, variant, kind, bench, state, repository } = input;
  const job = scenario.ready.check === 'exit';
  const claims = { kind, builder: variant.builder, bench, state, repository, job };
  let obstacle: unknown = null;
  const before = await evidenceBefore(claims).catch((thrown: unknown) => {
    obstacle = thrown;
    return null;
  });
  const cacheBefore = await buildCacheOf(input);
  const takeLedgers = markLedgers(bench);
  const seen = before === null ? nothingDone(input, obstacle) : await drive(input);
  const ledgers = takeLedgers();
  const cacheAfter = cacheBefore === null ? null : await buildCacheOf(input);

  const { target, replaced, thrown } = seen;
  const manifest =
    target === null ? null : await bench.registry.readManifest(repository, target.digest).catch(() => null);
  const phases = withPresentLayers(assemblePhases(seen.timed, input.clock.source), manifest);
  const image = await inspectImage(
    buildsImage(kind) ? bench.builder.engine : bench.server.engine,
    buildsImage(kind)
      ? `${bench.registry.pushPrefix}/${repository}:${input.tag}`
      : `${bench.registry.pullPrefix}/${repository}@${target?.digest ?? ''}`,
  ).catch(() => null);
  const layers = manifest?.layers.map((layer) => layer.digest) ?? null;
  const release = target === null || replaced === null ? null : { ...target, layers, app: replaced.app };
  const after =
    release === null
      ? []
      : await evidenceAfter({ kind, builder: variant.builder, bench, before: state, release, phases, repository, job });
  const evidence = [...(before ?? []), ...after];
  const releaseMs = replaced === null ? null : elapsed(seen.began, replaced.readyAt);
  const inside = seen.timed.filter((phase) => replaced === null || phase.startedAt < replaced.readyAt);
  const { outcome, failure } = judge(thrown, evidence);
  return {
    observation: {
      outcome,
      failure,
      release: releaseMs === null ? null : { ms: releaseMs },
      phases,
      unattributedMs: releaseMs === null ? null : releaseMs - inside.reduce((sum, phase) => sum + phase.ms, 0),
      downtime: replaced?.downtime ?? null,
      facts: collectFacts(phases, image?.size ?? null, manifest),
      evidence,
      tainted: taintsOf(
        seen.transfers,
        ledgers,
        cacheBefore === null || cacheAfter === null ? null : { before: cacheBefore, after: cacheAfter },
      ),
      warnings: [],
    },
    raw: rawLines(seen.began, seen.timed, seen.buildMessages, ledgers),
    // A new server is one more: the lap's own server still runs what it ran.
    state: release === null || thrown !== null ? null : kind === 'new-server' ? state : stateAfter(state, release),
  };
}

/** Null where the deploy has no builder, or one that begins without a cache. */
async function buildCacheOf({ kind, variant, bench }: DeployInput): Promise<string[] | null> {
  if (!buildsImage(kind) || kind === 'first' || variant.builder !== 'warm') return null;
  return await listBuildCache(bench.builder.engine).catch(() => null);
}

/** Remembers where each ledger stands; what is answered later gives the requests since then. */
function markLedgers({ uplink, downlink, mirrorLink }: Bench): () => Ledgers {
  const from = [uplink, downlink, mirrorLink].map((link) => link?.ledger.length ?? 0);
  return () => ({
    uplink: uplink?.ledger.slice(from[0]) ?? [],
    downlink: downlink?.ledger.slice(from[1]) ?? [],
    mirror: mirrorLink.ledger.slice(from[2]),
  });
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
