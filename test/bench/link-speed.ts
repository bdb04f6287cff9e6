import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
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
  /** Processors that this process used meanwhile, nearly all of it in the link's thread; and those that other programs did. */
  readonly ours: number;
  readonly others: number;
}

/** A link with a process of its own at the far end. */
interface LinkToOrigin {
  readonly link: Link;
  readonly origin: ChildProcess;
}

/** Lets `work` use a link whose other ends are processes of their own, and takes all of them down. */
async function withLink<T>(rate: number | null, work: (to: LinkToOrigin) => Promise<T>): Promise<T> {
  const origin = fork(peer, ['origin']);
  try {
    const port = (await messageOf(origin)) as number;
    const label = rate === null ? 'unshaped' : `${rate / 1e6}mbps`;
    const profile = { label, rate: rate === null ? null : bitsPerSecond(rate), roundTrip: milliseconds(0) };
    const link = await openLink(profile, '127.0.0.1', { host: '127.0.0.1', port }, clock);
    try {
      return await work({ link, origin });
    } finally {
      await link.close();
    }
  } finally {
    origin.kill();
  }
}

async function transfer(
  { link, origin }: LinkToOrigin,
  direction: LinkDirection,
  bytes: number,
  connections = 1,
): Promise<LinkTransfer> {
  const port = link.address.slice(link.address.lastIndexOf(':') + 1);
  const usedByOrigin = async (): Promise<number> => {
    origin.send('processor time');
    return spent((await messageOf(origin)) as NodeJS.CpuUsage);
  };
  const before = { at: clock.now(), all: busyMs(), ours: process.cpuUsage(), origin: await usedByOrigin() };
  const client = fork(peer, ['client', port, direction, String(bytes), String(connections)]);
  const { arrivals, used } = (await messageOf(client)) as { arrivals: Arrival[]; used: NodeJS.CpuUsage };
  const ours = spent(process.cpuUsage(before.ours));
  const peers = spent(used) + (await usedByOrigin()) - before.origin;
  const took = clock.now() - before.at;
  const others = Math.max(0, busyMs() - before.all - ours - peers);
  return { bitsPerSecond: rateOf(arrivals), ours: ours / took, others: others / took };
}

/** What all processors of the machine have worked, of any program. */
function busyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

function spent({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
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
  return await withLink(null, async (to) => {
    const rows: BenchRow[] = [];
    for (const direction of directions) {
      const all = await repeat(repeats, () => transfer(to, direction, 1e9));
      const rates = all.map((one) => one.bitsPerSecond / 1e9);
      const note = ` best, ${median(rates).toFixed(2)} median of ${repeats}; ${processorsOf(all)}`;
      rows.push(atLeast(`link, unshaped, ${direction}`, Math.max(...rates), unshapedGoal, 'Gbit/s', note));
    }
    return rows;
  });
}

/** How far a shaped link is off its rate, percent: `repeats` transfers of two seconds, alone and three side by side. */
export async function shapedRows(mbps: number, repeats: number): Promise<BenchRow[]> {
  const rate = mbps * 1e6;
  return await withLink(rate, async (to) => {
    const rows: BenchRow[] = [];
    for (const direction of directions) {
      for (const connections of [1, 3]) {
        const all = await repeat(repeats, () => transfer(to, direction, rate / 4, connections));
        const errors = all
          .map((one) => (one.bitsPerSecond / rate - 1) * 100)
          .toSorted((a, b) => Math.abs(a) - Math.abs(b));
        const middle = median(errors.map(Math.abs));
        const what = `link, ${mbps} Mbit/s, ${direction}${connections === 1 ? '' : ` × ${connections}`}`;
        const note = ` off (median of ${repeats}; ${signed(errors.at(0))} to ${signed(errors.at(-1))}; ${processorsOf(all)})`;
        rows.push(atMost(what, middle, errorGoal, '%', note));
      }
    }
    return rows;
  });
}

function processorsOf(transfers: readonly LinkTransfer[]): string {
  const [ours, others] = [transfers.map((one) => one.ours), transfers.map((one) => one.others)].map(median);
  return `${ours?.toFixed(1)} processors us, ${others?.toFixed(1)} others`;
}

function signed(value = Number.NaN): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(2)} %`;
}

async function repeat<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let time = 0; time < times; time += 1) results.push(await work());
  return results;
}
