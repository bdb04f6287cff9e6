import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison } from '../verdict/comparison.ts';
import { formatBytes } from './format.ts';

/** What a reader must know to judge the numbers: how to read them, what is missing, on what they were measured. One note a paragraph. */
export function notes(run: RunFolder, comparison: Comparison): string[] {
  const { record } = run;
  return [
    ...howToRead(comparison),
    roundsNote(comparison),
    ...comparison.kinds.flatMap((kind) => kind.variants.flatMap((variant) => countsNote(kind.kind, variant))),
    ...standInNote(run),
    `Links: uplink ${record.scenario.links.uplink.label}, downlink ${record.scenario.links.downlink.label}, mirror ${record.scenario.links.mirror.label}.`,
    machineNote(run),
    `Seed ${record.seed}, run ${record.id}, deployclock ${record.tool.version}.`,
    ...comparison.warnings.map(({ text, deploys }) =>
      deploys === null ? `Warning: ${text}` : `Warning (${countOf(deploys, 'deploy')}): ${text}`,
    ),
  ];
}

function howToRead({ variants, baseline }: Comparison): string[] {
  if (variants.length === 1) return [];
  return [`×0.31 is 0.31 times the number of ${baseline}, the baseline: below ×1 is less time, or fewer bytes.`];
}

function roundsNote({ rounds, variants }: Comparison): string {
  const unfinished = rounds.measured < rounds.planned ? `; ${rounds.planned} were planned` : '';
  if (rounds.measured <= 1) {
    const chance = variants.length > 1 ? 'a small difference may be chance' : 'how much it varies is not known';
    return `${countOf(rounds.measured, 'round')}${unfinished}: each number was measured once, so ${chance}.`;
  }
  return `${countOf(rounds.measured, 'round')}${unfinished}: times are medians, each of its own row, so phases need not add up to the release clock. No difference was tested: a small one may be chance.`;
}

/** Nothing where every planned deploy counts. */
function countsNote(kind: string, { variant, deploys }: Comparison['kinds'][number]['variants'][number]): string[] {
  if (deploys.ok === deploys.planned) return [];
  const lost = [
    ...deploys.notOk.map(({ outcome, count }) => `${count} ${outcome}`),
    ...(deploys.missing === 0 ? [] : [`${deploys.missing} not made`]),
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

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
