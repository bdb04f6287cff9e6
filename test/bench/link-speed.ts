import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Link, openLink } from '../../src/lab/link/link.ts';
import { median } from '../../src/stats/median.ts';
import { bitsPerSecond, milliseconds } from '../../src/units.ts';
import { clock } from '../lab/bed.ts';
import { atLeast, atMost, type BenchRow } from './bench-table.ts';

const peer = fileURLToPath(new URL('link-peer.mjs', import.meta.url));
const directions = ['download', 'upload', 'chunked upload'] as const;
type LinkDirection = (typeof directions)[number];

/** How a body came in, by the receiver's own clock: instants, and the bytes until then. */
type Arrival = readonly (readonly [at: number, bytes: number])[];

interface LinkTransfer {
  /** Of all connections together, while all of them are under way. */
  readonly bitsPerSecond: number;
  /** Processor time of this process, of which the link's thread is nearly all, over the time of the transfer. */
  readonly load: number;
}

/** Lets `work` use a link whose other ends are processes of their own, and takes all of them down. */
async function withLink<T>(rate: number | null, work: (link: Link) => Promise<T>): Promise<T> {
  const origin = fork(peer, ['origin']);
  try {
    const port = (await messageOf(origin)) as number;
    const label = rate === null ? 'unshaped' : `${rate / 1e6}mbps`;
    const profile = { label, rate: rate === null ? null : bitsPerSecond(rate), roundTrip: milliseconds(0) };
    const link = await openLink(profile, '127.0.0.1', { host: '127.0.0.1', port }, clock);
    try {
      return await work(link);
    } finally {
      await link.close();
    }
  } finally {
    origin.kill();
  }
}

async function transfer(link: Link, direction: LinkDirection, bytes: number, connections = 1): Promise<LinkTransfer> {
  const port = link.address.slice(link.address.lastIndexOf(':') + 1);
  const before = process.cpuUsage();
  const began = clock.now();
  const client = fork(peer, ['client', port, direction, String(bytes), String(connections)]);
  const arrivals = (await messageOf(client)) as Arrival[];
  const used = process.cpuUsage(before);
  const load = (used.user + used.system) / 1000 / (clock.now() - began);
  return { bitsPerSecond: rateOf(arrivals), load };
}

function rateOf(arrivals: readonly Arrival[]): number {
  const from = Math.max(...arrivals.map((arrival) => arrival.at(0)?.[0] ?? Number.NaN));
  const to = Math.min(...arrivals.map((arrival) => arrival.at(-1)?.[0] ?? Number.NaN));
  const rates = arrivals.map((arrival) => {
    const within = arrival.filter(([at]) => at >= from && at <= to);
    const [first, last] = [within.at(0), within.at(-1)];
    if (first === undefined || last === undefined || first === last) throw new Error('the transfer was too short');
    return ((last[1] - first[1]) * 8000) / (last[0] - first[0]);
  });
  return rates.reduce((sum, rate) => sum + rate, 0);
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`a peer of the link ended with exit code ${code}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), gone])) as unknown[];
  gone.catch(() => undefined);
  return message;
}

const unshapedGoal = 4;
const errorGoal = 2;

/** Best and median of `repeats` unshaped transfers of 1 GB, Gbit/s. */
export async function unshapedRows(repeats: number): Promise<BenchRow[]> {
  return await withLink(null, async (link) => {
    const rows: BenchRow[] = [];
    for (const direction of directions) {
      const all = await repeat(repeats, () => transfer(link, direction, 1e9));
      const rates = all.map((one) => one.bitsPerSecond / 1e9);
      const load = median(all.map((one) => one.load));
      const note = ` best, ${median(rates).toFixed(2)} median of ${repeats}, our process at ${(load * 100).toFixed(0)} %`;
      rows.push(atLeast(`link, unshaped, ${direction}`, Math.max(...rates), unshapedGoal, 'Gbit/s', note));
    }
    return rows;
  });
}

/** How far a shaped link is off its rate, percent: `repeats` transfers of two seconds, alone and three side by side. */
export async function shapedRows(mbps: number, repeats: number): Promise<BenchRow[]> {
  const rate = mbps * 1e6;
  return await withLink(rate, async (link) => {
    const rows: BenchRow[] = [];
    for (const direction of directions) {
      for (const connections of [1, 3]) {
        const all = await repeat(repeats, () => transfer(link, direction, rate / 4, connections));
        const errors = all
          .map((one) => (one.bitsPerSecond / rate - 1) * 100)
          .toSorted((a, b) => Math.abs(a) - Math.abs(b));
        const middle = median(errors.map(Math.abs));
        const what = `link, ${mbps} Mbit/s, ${direction}${connections === 1 ? '' : ` × ${connections}`}`;
        const note = ` off (median of ${repeats}; ${signed(errors.at(0))} to ${signed(errors.at(-1))})`;
        rows.push(atMost(what, middle, errorGoal, '%', note));
      }
    }
    return rows;
  });
}

function signed(value = Number.NaN): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(2)} %`;
}

async function repeat<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let time = 0; time < times; time += 1) results.push(await work());
  return results;
}
