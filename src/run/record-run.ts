import type { Clock } from '../clock.ts';
import type { RawLine } from '../deploy/deploy.ts';
import { DeployclockError } from '../errors.ts';
import { abandoned, processIsAlive, removeLabelled } from '../lab/clean-up.ts';
import { closeAll } from '../lab/close-all.ts';
import type { Engine } from '../lab/engine/engine.ts';
import { requireLabImages } from '../lab/images/lab-images.ts';
import { type Lab, openLab } from '../lab/lab.ts';
import { mirrorCanHold, missingBaseImages, supplyBaseImages } from '../lab/mirror/supply-base-images.ts';
import { newRunId } from '../results/new-run-id.ts';
import { type RunRecord, runSchemaVersion } from '../results/run-record.ts';
import type { Sample } from '../results/sample.ts';
import { createRunFolder, type RunJournal } from '../results/write-run.ts';
import { type DockerfileFacts, readDockerfile } from '../scenario/dockerfile.ts';
import type { DeployKind, Scenario } from '../scenario/scenario.ts';
import type { RunListener } from './events.ts';
import { takeFingerprint } from './fingerprint.ts';
import { planTurns } from './plan.ts';
import { recordScenario } from './record-scenario.ts';
import { createRedact } from './redact.ts';
import { runTurns } from './runner.ts';
import { openWorkspace } from './workspace.ts';

export interface RecordInput {
  readonly scenario: Scenario;
  readonly kinds: readonly DeployKind[];
  readonly rounds: number;
  readonly seed: number;
  readonly host: Engine;
  /** The variants' Dockerfiles by the variant's name. */
  readonly dockerfiles: ReadonlyMap<string, DockerfileFacts>;
  /** Absolute path of the folder that run folders go to. */
  readonly resultsRoot: string;
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
  const turns = planTurns(
    input.rounds,
    input.kinds,
    scenario.variants.map((variant) => variant.name),
    input.seed,
  );
  const redact = createRedact(secretsOf(scenario));
  const workspace = await openWorkspace(scenario);
  let lab: Lab | null = null;
  let journal: RunJournal | null = null;
  try {
    listen({ type: 'lab-opening' });
    // With the process id, since two runs with one seed may begin in the same second.
    lab = await openLab(host, images, `${id.toLowerCase()}-${process.pid}`, signal);
    await supplyMissing(lab, dockerfiles, clock, signal, listen);
    return await runTurns({
      scenario,
      turns,
      lab,
      workspace,
      clock,
      signal,
      listen,
      begin: async (nodeEngine) => {
        const record: RunRecord = {
          schema: runSchemaVersion,
          tool: { name: 'deployclock', version: input.toolVersion },
          id,
          startedAt: startedAt.toISOString(),
          scenario: recordScenario(scenario, dockerfiles),
          seed: input.seed,
          plan: { rounds: input.rounds, kinds: [...input.kinds], turns },
          fingerprint: await takeFingerprint(host, nodeEngine),
          images: Object.values(images),
          command: input.command,
        };
        journal = await createRunFolder(input.resultsRoot, scenario.name, id, record);
        input.onFolder(journal.folder);
      },
      keep: async (sample, raw) => {
        if (journal === null) throw new Error('the run folder is not open');
        await journal.appendSample(redact(sample));
        await journal.writeRaw(rawName(sample), rawText(redact(raw)));
      },
    });
  } catch (thrown) {
    if (signal.aborted) throw new DeployclockError('INTERRUPTED', 'Interrupted.', { cause: thrown });
    throw thrown;
  } finally {
    listen({ type: 'lab-closing' });
    const open: { close: () => Promise<void> }[] = [workspace];
    if (lab !== null) open.push(lab);
    if (journal !== null) open.push(journal);
    await closeAll(open.map(({ close }) => close));
  }
}

/**
 * Reads every variant's Dockerfile; messages name paths relative to `cwd`.
 * @throws DeployclockError DOCKERFILE_NOT_FOUND, DOCKERFILE_INVALID
 */
export function readDockerfiles(scenario: Scenario, cwd: string): ReadonlyMap<string, DockerfileFacts> {
  return new Map(
    scenario.variants.map(({ name, dockerfile, buildArgs, target }) => [
      name,
      readDockerfile(dockerfile, cwd, buildArgs, target),
    ]),
  );
}

async function supplyMissing(
  lab: Lab,
  dockerfiles: ReadonlyMap<string, DockerfileFacts>,
  clock: Clock,
  signal: AbortSignal,
  listen: RunListener,
): Promise<void> {
  const users = new Map<string, string>();
  for (const [variant, facts] of dockerfiles) {
    const syntax = facts.syntaxImage === null ? [] : [facts.syntaxImage];
    for (const base of [...syntax, ...facts.baseImages]) users.set(base, variant);
  }
  const direct = [...users.keys()].filter((reference) => !mirrorCanHold(reference));
  if (direct.length > 0) listen({ type: 'base-images-direct', references: direct });
  const missing = await missingBaseImages(lab, [...users.keys()]);
  if (missing.length === 0) return;
  listen({ type: 'base-images-missing', references: missing });
  await supplyBaseImages(
    lab,
    missing.map((reference) => ({ reference, usedBy: users.get(reference) ?? '' })),
    clock,
    signal,
  );
}

function secretsOf(scenario: Scenario): string[] {
  return [
    ...Object.values(scenario.app.env),
    ...scenario.variants.flatMap((variant) => Object.values(variant.buildArgs)),
  ];
}

function rawName(sample: Sample): string {
  return `${String(sample.order).padStart(4, '0')}-r${sample.round}-${sample.variant}-${sample.kind}.ndjson`;
}

function rawText(raw: readonly RawLine[]): string {
  return raw.map((line) => `${JSON.stringify(line)}\n`).join('');
}
