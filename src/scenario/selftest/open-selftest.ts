import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bitsPerSecond, milliseconds } from '../../units.ts';
import type { OpenScenario } from '../from-dockerfiles.ts';
import type { LinkProfile, Links, Variant } from '../scenario.ts';
import { appFile, appText, ballast, ballastFile, dockerfileText, editedText } from './files.ts';
import {
  delayShare,
  heavyLayerShare,
  type PlantName,
  plainDelayMs,
  plants,
  slowLinkShare,
  transferMs,
} from './plants.ts';

const controlName = 'control';
export const identicalName = 'identical';
/** A faster link would need a layer of more than 40 MB, which the engines' own work then makes slow. */
export const mostRate = 100e6;

/** Where no transfer is planted none has to take long. */
const fewBytes = 1e6;

/** Links with a rate on both ways of a release: without one, no layer takes a known time. */
export interface RatedLinks extends Links {
  readonly uplink: RatedProfile;
  readonly downlink: RatedProfile;
}
type RatedProfile = LinkProfile & { readonly rate: NonNullable<LinkProfile['rate']> };

/** Null where a release's way has no rate. */
export function ratedLinks({ uplink, downlink, mirror }: Links): RatedLinks | null {
  if (!isRated(uplink) || !isRated(downlink)) return null;
  return { uplink, downlink, mirror };
}

/** Bytes of the layer that a code edit makes anew, without the plant's share. */
export function layerBytes({ uplink, downlink }: RatedLinks): number {
  return Math.round((Math.max(uplink.rate, downlink.rate) * transferMs) / 8000);
}

/**
 * The scenario of the self-test: a small app, the control variant, an identical one, and one for each plant. Its files lie in a
 * temporary folder until it is closed; the same seed makes the same files.
 */
export async function openSelftest(
  wanted: readonly PlantName[],
  links: RatedLinks,
  seed: number,
): Promise<OpenScenario> {
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-selftest-'));
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, 'Dockerfile'), dockerfileText);
    const size = wanted.some(isOfTransfers) ? layerBytes(links) : fewBytes;
    await writeContext(join(folder, 'app'), size, seed);
    await writeContext(join(folder, 'heavy-app'), Math.round(size * (1 + heavyLayerShare)), seed);
    const control = controlIn(folder);
    return {
      scenario: {
        name: 'selftest',
        description: 'An app with slow-downs of known size in it.',
        folder,
        variants: [
          control,
          { ...control, name: identicalName },
          ...wanted.map((name) => ({ ...control, name, ...plantedInto(name, control, links) })),
        ],
        app: { port: null, env: {} },
        ready: { check: 'log', pattern: '^ready$', occurrences: 1, timeout: milliseconds(30_000) },
        edits: {
          'code-edit': [{ action: 'replace', file: appFile, find: editedText, with: 'release {{nonce}}' }],
        },
        links,
        server: { cpus: null, memory: null },
        replace: 'stop-first',
        stopTimeout: milliseconds(10_000),
        phaseTimeout: milliseconds(120_000),
        gates: [],
        assumed: [],
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

function isOfTransfers(name: PlantName): boolean {
  return plants[name].planted.some(({ size }) => size.sort !== 'ms');
}

function controlIn(folder: string): Variant {
  return {
    name: controlName,
    dockerfile: join(folder, 'Dockerfile'),
    context: join(folder, 'app'),
    target: null,
    buildArgs: delayOf(plainDelayMs),
    builder: 'warm',
    ref: null,
    links: null,
  };
}

function plantedInto(name: PlantName, { context }: Variant, links: RatedLinks): Partial<Variant> {
  switch (name) {
    case 'slow-link':
      return { links: { ...links, downlink: slower(links.downlink) } };
    case 'heavy-layer':
      return { context: join(context, '../heavy-app') };
    case 'delayed-start':
      return { buildArgs: delayOf(plainDelayMs * (1 + delayShare)) };
  }
}

/** A byte takes so much longer on it. */
function slower({ rate, roundTrip }: RatedProfile): LinkProfile {
  const kbps = Math.round(rate / (1 + slowLinkShare) / 1e3);
  return { label: `${kbps / 1e3}mbps`, rate: bitsPerSecond(kbps * 1e3), roundTrip };
}

function delayOf(ms: number): Variant['buildArgs'] {
  return { DELAY: String(Math.round(ms) / 1000) };
}

async function writeContext(folder: string, bytes: number, seed: number): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, appFile), appText);
  await writeFile(join(folder, ballastFile), ballast(bytes, seed));
}

function isRated(profile: LinkProfile): profile is RatedProfile {
  return profile.rate !== null;
}
