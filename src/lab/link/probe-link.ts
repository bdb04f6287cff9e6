import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import type { LinkProfile } from '../../scenario/scenario.ts';
import { type BitsPerSecond, bitsPerSecond, type Milliseconds, milliseconds } from '../../units.ts';
import type { Registry } from '../registry/registry.ts';
import type { LedgerEntry } from './ledger.ts';
import { type Link, openLink } from './link.ts';
import { holdsRate, holdsRoundTrip, type LinkProbe, type RateProbe, type RoundTripProbe } from './link-probe.ts';
import { findProbeBlob, type ProbeBlob } from './probe-blob.ts';
import { type ProbeReply, type ProbeTask, runProbeClient } from './probe-client.ts';

/** Time that a direction is looked at. */
const probeMs = 1500;
/** A link that gives a fraction of its rate is not waited for. */
const withinMs = 4000;
const mostBytes = 256 * 1024 * 1024;
/** A miss may be another program's doing: it counts when it is there again. */
const attempts = 3;
const exchanges = 9;
/** Never holds an image: what is sent there is cancelled. */
const scratch = '/v2/deployclock/probe/blobs/uploads/';

/** What every probe of one link needs. */
interface Bench {
  readonly link: Link;
  readonly run: (task: ProbeTask) => Promise<ProbeReply>;
  /** Beside the link. */
  readonly runDirect: (task: ProbeTask) => Promise<ProbeReply>;
}

/**
 * Opens a link of this profile to a registry of the lab, and measures what it really gives: how fast a blob comes through it, and an upload, which is
 * cancelled; and what an exchange takes. About 2 s a direction, more where it misses. Null where the profile shapes nothing.
 * @param listenAddress where the link listens for the time: the lab's own bridge
 * @throws DeployclockError LAB_FAILED; what `signal` was aborted with
 */
export async function probeLink(
  profile: LinkProfile,
  registry: Registry,
  listenAddress: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<LinkProbe | null> {
  const { rate, roundTrip } = profile;
  if (rate === null && roundTrip === 0) return null;
  const link = await openLink(profile, listenAddress, registry, clock);
  const bench: Bench = {
    link,
    run: (task) => runProbeClient(link.address, task, signal),
    runDirect: (task) => runProbeClient(`${registry.host}:${registry.port}`, task, signal),
  };
  try {
    const rates: RateProbe[] = [];
    if (rate !== null) {
      const blob = await findProbeBlob(registry);
      const down = () => probeRate('from-registry', rate, () => download(bench, blob, rate));
      const up = () => probeRate('to-registry', rate, () => upload(bench, rate));
      for (const probe of [down, up]) rates.push(await best(probe, holdsRate, ({ error }) => Math.abs(error)));
    }
    const waits = () =>
      best(
        () => probeRoundTrip(bench),
        holdsRoundTrip,
        ({ measured }) => measured,
      );
    return { rates, roundTrip: roundTrip === 0 ? null : await waits() };
  } finally {
    await link.close();
  }
}

async function probeRate(
  direction: RateProbe['direction'],
  wanted: BitsPerSecond,
  measure: () => Promise<BitsPerSecond>,
): Promise<RateProbe> {
  const measured = await measure();
  return { direction, wanted, measured, error: measured / wanted - 1 };
}

/** The first that holds; of several that do not, the one that misses least. */
async function best<Probe>(
  probe: () => Promise<Probe>,
  holds: (probe: Probe) => boolean,
  miss: (probe: Probe) => number,
): Promise<Probe> {
  let found = await probe();
  for (let attempt = 1; attempt < attempts && !holds(found); attempt += 1) {
    const next = await probe();
    if (miss(next) < miss(found)) found = next;
  }
  return found;
}

/** As the client sees it. */
async function download({ run }: Bench, { path }: ProbeBlob, rate: BitsPerSecond): Promise<BitsPerSecond> {
  const { bytes, ms } = await run({ sort: 'download', path, bytes: bytesIn(probeMs, rate), withinMs });
  return rateOf(bytes, ms);
}

/**
 * As the ledger has it, from instant to instant at which bytes were handed to the registry. The client would see its own socket's buffer fill at the
 * start, and at the end the registry's disk: distribution syncs the bytes of a request before it answers (registry/storage/driver/filesystem/driver.go).
 */
async function upload({ run, link }: Bench, rate: BitsPerSecond): Promise<BitsPerSecond> {
  const known = link.ledger.length;
  const patch = () => link.ledger.slice(known).find(({ method }) => method === 'PATCH');
  const sending = run({ sort: 'upload', path: scratch, bytes: bytesIn(probeMs, rate), withinMs });
  const over = sending.then(
    () => true,
    () => true,
  );
  let from: Progress | null = null;
  while (from === null && !(await Promise.race([over, sleep(5, false)]))) {
    const entry = patch();
    if (entry !== undefined && entry.firstByteAt !== null) from = progressOf(entry);
  }
  await sending;
  const entry = patch();
  if (entry === undefined) return bitsPerSecond(0);
  const [begin, end] = [from ?? { bytes: 0, at: entry.firstByteAt ?? 0 }, progressOf(entry)];
  return rateOf(end.bytes - begin.bytes, end.at - begin.at);
}

/** How much of a body had been handed over, and when the last of it. */
interface Progress {
  readonly bytes: number;
  readonly at: number;
}

function progressOf({ requestBytes, lastByteAt }: LedgerEntry): Progress {
  return { bytes: requestBytes, at: lastByteAt ?? 0 };
}

async function probeRoundTrip({ run, runDirect, link }: Bench): Promise<RoundTripProbe> {
  const ask: ProbeTask = { sort: 'ask', path: '/v2/', times: exchanges };
  const direct = sorted(await runDirect(ask));
  const through = sorted(await run(ask));
  return {
    wanted: link.profile.roundTrip,
    fastest: milliseconds(through[0] ?? 0),
    measured: middle(through),
    direct: middle(direct),
  };
}

function sorted({ exchangeMs }: ProbeReply): number[] {
  return exchangeMs.toSorted((left, right) => left - right);
}

function middle(ascending: readonly number[]): Milliseconds {
  return milliseconds(ascending[Math.floor(ascending.length / 2)] ?? 0);
}

function bytesIn(ms: number, rate: BitsPerSecond): number {
  return Math.max(1, Math.min(mostBytes, Math.round((rate * ms) / 8000)));
}

function rateOf(bytes: number, ms: number): BitsPerSecond {
  return bitsPerSecond(ms > 0 ? (bytes * 8000) / ms : 0);
}
