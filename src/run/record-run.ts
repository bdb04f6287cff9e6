import type { Clock } from '../clock.ts';
import type { RawLine } from '../deploy/raw-lines.ts';
import { DeployclockError } from '../errors.ts';
import { abandoned, processIsAlive, removeLabelled } from '../lab/clean-up.ts';
import { closeAll } from '../lab/close-all.ts';
import type { Engine } from '../lab/engine/engine.ts';
import { requireLabImages } from '../lab/images/lab-images.ts';
import { openLab } from '../lab/lab.ts';
import { newRunId } from '../results/new-run-id.ts';
import { type RunRecord, runSchemaVersion, type Stopping } from '../results/run-record.ts';
import type { Sample } from '../results/sample.ts';
import { createRunFolder, type RunJournal } from '../results/write-run.ts';
import type { DockerfileFacts } from '../scenario/dockerfile.ts';
import type { DeployKind, Links, Scenario } from '../scenario/scenario.ts';
import type { RunListener } from './events.ts';
import { type Existing, type ExistingWritten, openExisting } from './existing.ts';
import { takeFingerprint } from './fingerprint.ts';
import type { Pace } from './pace.ts';
import { lapAfterLap, planTurns } from './plan.ts';
import { probeLinks } from './probe-links.ts';
import { recordScenario } from './record-scenario.ts';
import { createRedact, redactRecord, redactSample } from './redact.ts';
import { runTurns } from './runner.ts';
import { supplyMissing } from './supply-missing.ts';
import { openWorkspace } from './workspace.ts';

export interface RecordInput {
  readonly scenario: Scenario;
  readonly kinds: readonly DeployKind[];
  /** Kinds that are not run, with the reason: part of the record. */
  readonly skipped: RunRecord['plan']['skipped'];
  readonly rounds: number;
  /** When the run stops, for its record; `pace` is what decides it. */
  readonly stopping: Stopping;
  readonly pace: Pace;
  readonly repeats: Readonly<Partial<Record<DeployKind, number>>>;
  readonly seed: number;
  readonly host: Engine;
  /** Server and registry that were there before, as the person wrote them. */
  readonly existing: ExistingWritten;
  /** The variants' Dockerfiles by the variant's name. */
  readonly dockerfiles: ReadonlyMap<string, DockerfileFacts>;
  /** Absolute path of the folder that run folders go to. */
  readonly resultsRoot: string;
  readonly git: RunRecord['git'];
  readonly toolVersion: string;
  /** The command line that makes this run again. */
  readonly command: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly listen: RunListener;
  /** Told where the results are going, as soon as there is such a place. */
  readonly onFolder: (folder: string) => void;
}

/**
 * Makes a run and leaves its folder. The lab is gone when this returns or throws, whatever happened.
 * @throws DeployclockError INTERRUPTED when `signal` is aborted; what was measured until then stays in the folder
 */
export async function recordRun(input: RecordInput): Promise<Sample[]> {
  const { scenario, dockerfiles, host, clock, signal, listen } = input;
  const images = await requireLabImages(host);
  // A process id only means something on the machine that the engine runs on.
  if (host.address.sort === 'unix') await removeLabelled(host, abandoned(processIsAlive));
  const startedAt = new Date();
  const id = newRunId(startedAt, input.seed);
  // With the process id, since two runs with one seed may begin in the same second.
  const runId = `${id.toLowerCase()}-${process.pid}`;
  const variants = scenario.variants.map((variant) => variant.name);
  const planned = planTurns({ ...input, variants });
  const laps = input.existing.server === null ? 'side-by-side' : 'one-after-another';
  const turns = laps === 'side-by-side' ? planned : lapAfterLap(planned);
  const open: { close: () => Promise<void> }[] = [];
  const opened = <T extends { close: () => Promise<void> }>(resource: T): T => {
    open.unshift(resource);
    return resource;
  };
  try {
    const workspace = opened(await openWorkspace(scenario, input.resultsRoot));
    listen({ type: 'lab-opening' });
    const existing = opened(
      await openExisting(input.existing, runId, signal, (what) => listen({ type: 'left-behind', what })),
    );
    refuseCacheBehindLogin(scenario, existing);
    const redact = createRedact(secretsOf(scenario), existing.secrets);
    const lab = opened(await openLab(host, images, runId, signal));
    const linkProbes = await probeLinks(
      lab,
      [scenario.links, ...ownLinks(scenario)],
      existing.record.registry.sort,
      clock,
      signal,
    );
    listen({ type: 'links-probed', probes: linkProbes });
    await supplyMissing(lab, dockerfiles, clock, signal, listen);
    let journal: RunJournal | null = null;
    return await runTurns({
      runId,
      scenario,
      turns,
      pace: input.pace,
      laps,
      openLap: (lap) => existing.openLap(lab, scenario, turns, lap, clock),
      repository: (lap) => existing.repository(scenario.name, lap),
      workspace,
      clock,
      signal,
      listen,
      begin: async (builder, server) => {
        const record: RunRecord = {
          schema: runSchemaVersion,
          tool: { name: 'deployclock', version: input.toolVersion },
          id,
          startedAt: startedAt.toISOString(),
          scenario: recordScenario(scenario, dockerfiles),
          ...existing.record,
          seed: input.seed,
          plan: {
            rounds: input.rounds,
            kinds: [...input.kinds],
            skipped: input.skipped,
            turns,
            stopping: input.stopping,
          },
          fingerprint: await takeFingerprint(host, builder, server),
          images: Object.values(images),
          linkProbes,
          git: input.git,
          command: input.command,
        };
        journal = opened(await createRunFolder(input.resultsRoot, scenario.name, id, redactRecord(record, redact)));
        input.onFolder(journal.folder);
      },
      keep: async (sample, raw) => {
        if (journal === null) throw new Error('the run folder is not open');
        const kept = redactSample(sample, redact);
        await journal.appendSample(kept);
        await journal.writeRaw(rawName(sample), rawText(redact(raw)));
        return kept;
      },
    });
  } catch (thrown) {
    if (signal.aborted) throw new DeployclockError('INTERRUPTED', 'Interrupted.', { cause: thrown });
    throw thrown;
  } finally {
    listen({ type: 'lab-closing' });
    await closeAll(open.map(({ close }) => close));
  }
}

/** BuildKit asks its caller's session for logins, and builds have none: a cache that needs one would silently not be read. */
function refuseCacheBehindLogin({ variants }: Scenario, { login }: Existing): void {
  if (!login || variants.every(({ builder }) => builder !== 'registry-cache')) return;
  throw new DeployclockError('USAGE', 'A builder cannot take its cache from a registry that asks for a login.', {
    hint: 'Leave --registry out, or use --builder fresh or warm with it.',
  });
}

function ownLinks({ variants }: Scenario): Links[] {
  return variants.flatMap(({ links }) => links ?? []);
}

function secretsOf(scenario: Scenario): string[] {
  return [
    ...Object.values(scenario.app.env),
    ...scenario.variants.flatMap((variant) => Object.values(variant.buildArgs)),
  ];
}

function rawName({ order, round, variant, kind }: Sample): string {
  return `${String(order).padStart(4, '0')}-r${round}-${variant}-${kind}.ndjson`;
}

function rawText(raw: readonly RawLine[]): string {
  return raw.map((line) => `${JSON.stringify(line)}\n`).join('');
}
