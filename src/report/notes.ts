import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison } from '../verdict/comparison.ts';
import { formatBytes, formatDuration } from './format.ts';
import { countOf } from './gate-numbers.ts';
import { verdictNotes } from './verdict-notes.ts';
import { stoppingNote } from './verdict-stopping.ts';
import { verdictWarnings } from './verdict-warnings.ts';

/** What a reader must know to judge the numbers: how to read them, what is missing, on what they were measured. One note a paragraph. */
export function notes(run: RunFolder, comparison: Comparison): string[] {
  const { record } = run;
  return [
    ...verdictNotes(run, comparison),
    ...stoppingNote(run, comparison),
    roundsNote(run, comparison),
    ...comparison.kinds.flatMap((kind) => kind.variants.flatMap((variant) => countsNote(kind.kind, variant))),
    ...instantsNote(comparison),
    ...record.plan.skipped.map(({ kind, why }) => `${kind} was not run: ${why}.`),
    ...record.scenario.assumed.map((text) => `Assumed: ${text}`),
    ...settingsNotes(run),
    ...standInNote(run),
    linksNote(run),
    machineNote(run),
    `Seed ${record.seed}, run ${record.id}, deployclock ${record.tool.version}.`,
    ...verdictWarnings(comparison),
    ...comparison.warnings.map(({ text, deploys }) =>
      deploys === null ? `Warning: ${text}` : `Warning (${countOf(deploys, 'deploy')}): ${text}`,
    ),
  ];
}

/** How well the instants of readiness are known: the coarsest of each variant, over all kinds. */
function instantsNote({ kinds, variants }: Comparison): string[] {
  const texts = variants.flatMap((name) => {
    const own = kinds.flatMap((kind) => kind.variants.filter(({ variant }) => variant === name));
    const resolutions = own.flatMap(({ instants }) =>
      Object.values(instants).flatMap((each) => each?.resolutionMs ?? []),
    );
    return resolutions.length === 0 ? [] : [`${formatDuration(Math.max(...resolutions))} (${name})`];
  });
  if (texts.length === 0) return [];
  return [`Instants of readiness count from the start's end; the true ones lie up to ${texts.join(', ')} before them.`];
}

function existingServerNote({ record }: RunFolder): string {
  const { version, imageStore, cpus, memoryBytes } = record.fingerprint.serverEngine;
  return `The server is an existing engine, ${record.server.address}: ${version} (${imageStore}), ${cpus} processors, ${formatBytes(memoryBytes)}.`;
}

/** What a team may have set in another way, where it is not the usual. */
function settingsNotes(run: RunFolder): string[] {
  const { record } = run;
  const { variants, server, replace } = record.scenario;
  const modes = variants.filter((variant) => variant.builder !== 'warm');
  const limits = [
    ...(server.cpus === null ? [] : [`${server.cpus} processors`]),
    ...(server.memory === null ? [] : [formatBytes(server.memory)]),
  ];
  return [
    ...modes.map(({ name, builder }) => `${name} is built by a builder that is ${builderWords[builder]}.`),
    ...(limits.length === 0 || record.server.sort === 'existing' ? [] : [`The server has ${limits.join(' and ')}.`]),
    ...(limits.length > 0 && record.server.sort === 'existing'
      ? ['Limits of the server do not apply to an existing engine.']
      : []),
    ...(replace === 'start-first' ? ['The new container starts before the old one is stopped.'] : []),
    ...(record.server.sort === 'existing' ? [existingServerNote(run)] : []),
    ...(record.registry.sort === 'existing'
      ? [`Releases go through an existing registry, ${record.registry.address}: no link shapes or sees them.`]
      : []),
  ];
}

const builderWords = {
  warm: 'warm',
  fresh: 'a new machine at every deploy, without a cache',
  'registry-cache': 'a new machine at every deploy, with the previous release in the registry as its cache',
} as const;

function linksNote({ record }: RunFolder): string {
  const { uplink, downlink, mirror } = record.scenario.links;
  const text =
    record.registry.sort === 'existing'
      ? `Links: mirror ${mirror.label}`
      : `Links: uplink ${uplink.label}, downlink ${downlink.label}, mirror ${mirror.label}`;
  const errors = record.linkProbes.map(({ wanted, measured }) => Math.abs(measured / wanted - 1));
  return errors.length === 0
    ? `${text}.`
    : `${text}; probed before the run, off by ${(Math.max(...errors) * 100).toFixed(1)} % at most.`;
}

/** A run by need stops before the rounds that it planned, on purpose. */
function roundsNote({ record }: RunFolder, { rounds, variants, kinds }: Comparison): string {
  const isUnfinished = rounds.measured < rounds.planned && record.plan.stopping.rule === 'fixed';
  const made = `${countOf(rounds.measured, 'round')}${isUnfinished ? `; ${rounds.planned} were planned` : ''}`;
  const most = Math.max(...kinds.flatMap((kind) => kind.variants.map(({ deploys }) => deploys.ok)));
  if (most <= 1) {
    const chance = variants.length > 1 ? 'a small difference may be chance' : 'how much it varies is not known';
    return `${made}: each number was measured once, so ${chance}.`;
  }
  return `${made}: times are medians, each of its own row, so phases need not add up to the release clock.`;
}

/** Nothing where every planned deploy counts. */
function countsNote(kind: string, { variant, deploys }: Comparison['kinds'][number]['variants'][number]): string[] {
  if (deploys.ok === deploys.planned && deploys.notOk.length === 0) return [];
  const lost = [
    ...deploys.notOk.map(({ outcome, count }) => `${count} ${outcome}`),
    ...(deploys.missing === 0 ? [] : [`${deploys.missing} not made`]),
    ...(deploys.repeated === 0 ? [] : [`${deploys.repeated} measured again`]),
  ];
  const why = lost.length === 0 ? '' : ` (${lost.join(', ')})`;
  return [`${variant}, ${kind}: ${deploys.ok} of ${countOf(deploys.planned, 'deploy')} counted${why}.`];
}

function standInNote({ record }: RunFolder): string[] {
  const standIns = record.images.filter((image) => image.standIn).map(({ role, image }) => `${role} (${image})`);
  if (standIns.length === 0) return [];
  return [`Stand-ins, made on this machine because the public images could not be had: ${standIns.join(', ')}.`];
}

function machineNote({ record }: RunFolder): string {
  const { nodeEngine, hostEngine, cpus, cpuModel, memoryBytes, platform, kernel } = record.fingerprint;
  const nodes = `engine ${nodeEngine.version} in the nodes (${nodeEngine.imageStore}, ${nodeEngine.storageDriver})`;
  const host = `engine ${hostEngine.version} under them (${hostEngine.storageDriver})`;
  return `Measured with ${nodes}, ${host}, on ${cpus} × ${cpuModel}, ${formatBytes(memoryBytes)}, ${platform} ${kernel}.`;
}
