import type { Clock } from '../clock.ts';
import { DeployclockError } from '../errors.ts';
import { closeAll } from '../lab/close-all.ts';
import type { Engine } from '../lab/engine/engine.ts';
import { type Lab, type LapLab, openLapLab } from '../lab/lab.ts';
import { type ExistingRegistry, openExistingRegistry } from '../lab/registry/existing-registry.ts';
import { openExistingServer } from '../lab/server/existing-server.ts';
import { removeOurs } from '../lab/server/remove-ours.ts';
import { requireReach } from '../lab/server/require-reach.ts';
import type { RunRecord } from '../results/run-record.ts';
import type { Links, Scenario } from '../scenario/scenario.ts';
import { type LapName, mostAttempts } from './lap.ts';
import { type Turn, tagOf } from './plan.ts';

/** A server and a registry that were there before, as a person writes them; null for the lab's own. */
export interface ExistingWritten {
  readonly server: string | null;
  readonly registry: string | null;
  /** File of the certificate authority that the registry's certificate comes from. */
  readonly registryCa: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The machines of others that a run goes through, and how laps are opened with them. */
export interface Existing {
  /** How the run's record names them. */
  readonly record: Pick<RunRecord, 'server' | 'registry'>;
  /** Whether the registry asks for a login. */
  readonly login: boolean;
  /** Texts that must not be kept anywhere. */
  readonly secrets: readonly string[];
  readonly repository: (scenario: string, lap: LapName) => string;
  /** Opens a lap; what it leaves on machines of others goes with it. */
  readonly openLap: (
    lab: Lab,
    scenario: Scenario,
    turns: readonly Turn[],
    lap: LapName,
    clock: Clock,
  ) => Promise<LapLab>;
  readonly close: () => Promise<void>;
}

/**
 * @param onLeft told in words what could not be removed from a machine of others
 * @throws DeployclockError ENGINE_UNREACHABLE, REGISTRY_UNREACHABLE, REGISTRY_DENIED, USAGE
 */
export async function openExisting(
  written: ExistingWritten,
  runId: string,
  signal: AbortSignal,
  onLeft: (what: string) => void,
): Promise<Existing> {
  const open: (() => Promise<void>)[] = [];
  const close = (): Promise<void> => closeAll(open.splice(0));
  try {
    const registry = await openRegistry(written, signal);
    if (registry !== null) open.push(registry.close);
    const server = written.server === null ? null : await openExistingServer(written.server, written.env, signal);
    if (server !== null) open.push(server.close);
    if (server !== null && !server.reachesLinks && registry === null) throw unreachable(server.name);
    const shared = server !== null || registry !== null;
    // The lab's registry is empty for each lap. What others use too gets a repository of its own for each.
    const repository: Existing['repository'] = (scenario, lap) =>
      shared ? `deployclock-${runId}-${lapText(lap)}` : `${scenario}/${lap.variant}`;
    return {
      record: {
        server: { sort: server === null ? 'node' : 'existing', address: written.server },
        registry: { sort: registry === null ? 'lab' : 'existing', address: registry?.name ?? null },
      },
      login: (registry?.secrets.length ?? 0) > 0,
      secrets: registry?.secrets ?? [],
      repository,
      openLap: async (lab, scenario, turns, lap, clock) => {
        const { server: limits } = scenario;
        const links = linksOf(scenario, lap.variant);
        const lapLab = await openLapLab(lab, { name: lapText(lap), links, limits, server, registry }, clock, signal);
        const { builder, registry: releases, downlink } = lapLab.bench;
        if (registry !== null) await requireReachOf([builder, lapLab.bench.server], registry, lapLab);
        const own = repository(scenario.name, lap);
        const tags = tagsOf(turns, lap);
        const leave = async (): Promise<void> => {
          const onServer = `${releases.pullPrefix}/${own}`;
          const { left } = server === null ? { left: [] } : await removeOurs(server.engine, runId, [onServer]);
          if (left.length > 0) onLeft(`images on the server: ${left.join(', ')}`);
          // What was measured does not depend on it: a registry that cannot be asked any more is told like one that refuses.
          const removal = await registry?.removeOurs(own, tags).catch(() => 'left');
          if (removal === 'left') onLeft(`the repository ${registry?.name}/${own}`);
          if (server !== null && downlink !== null) await server.forgetLink(portOf(downlink.address));
        };
        let left: Promise<void> | null = null;
        const leaveOnce = (): Promise<void> => (left ??= leave());
        return { ...lapLab, close: () => closeAll([leaveOnce, lapLab.close]) };
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function openRegistry(
  { registry, registryCa, env, home }: ExistingWritten,
  signal: AbortSignal,
): Promise<ExistingRegistry | null> {
  return registry === null
    ? null
    : await openExistingRegistry({ written: registry, caFile: registryCa, env, home }, signal);
}

function linksOf({ variants, links }: Scenario, variant: string): Links {
  return variants.find(({ name }) => name === variant)?.links ?? links;
}

/** With a dot, which no variant's name can hold. */
function lapText({ round, variant, attempt }: LapName): string {
  return `${round}-${variant}${attempt === 1 ? '' : `.${attempt}`}`;
}

/** An engine that does not trust a registry, or has no way to it, is told before anything is built. */
async function requireReachOf(
  machines: readonly { readonly engine: Engine }[],
  { pullPrefix, authorization }: ExistingRegistry,
  lap: LapLab,
): Promise<void> {
  try {
    for (const { engine } of machines) await requireReach(engine, pullPrefix, authorization);
  } catch (thrown) {
    await lap.close();
    throw thrown;
  }
}

function unreachable(server: string): DeployclockError {
  return new DeployclockError('USAGE', `The engine at ${server} cannot reach the lab's registry on this machine.`, {
    hint: `Reach it over ssh (--server ssh://…), or let releases go through a registry that both know: --registry host/prefix`,
  });
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

/** Every tag that a lap may have pushed. */
function tagsOf(turns: readonly Turn[], { round, variant }: LapName): string[] {
  const attempts = Array.from({ length: mostAttempts }, (_, index) => index + 1);
  return turns
    .filter((turn) => turn.round === round && turn.variant === variant)
    .flatMap((turn) => attempts.map((attempt) => tagOf(turn, attempt)));
}
