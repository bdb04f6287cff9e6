import type { IncomingMessage } from 'node:http';
import { Worker } from 'node:worker_threads';
import { DeployclockError, messageOf } from '../../errors.ts';

/** What the client at a link's near end is to do. */
export type ProbeTask =
  | { readonly sort: 'ask'; readonly path: string; readonly times: number }
  /** Reads `path`, again and again where it is shorter, until `bytes` have come or `withinMs` are over; once before, a tenth of it, to be awake. */
  | { readonly sort: 'download'; readonly path: string; readonly bytes: number; readonly withinMs: number }
  /** Opens an upload session at `path`, sends `bytes` or what goes in `withinMs`, and cancels the session. */
  | { readonly sort: 'upload'; readonly path: string; readonly bytes: number; readonly withinMs: number };

/** `ask`: the time of each exchange. `download`: bytes that came after the first ones, and in what time. `upload`: nothing; the ledger knows. */
export interface ProbeReply {
  readonly exchangeMs: readonly number[];
  readonly bytes: number;
  readonly ms: number;
}

/**
 * Does a task in a thread of its own, so that the client takes nothing from the link's.
 * @throws DeployclockError LAB_FAILED where the registry does not do its part; what `signal` was aborted with
 */
export async function runProbeClient(address: string, task: ProbeTask, signal: AbortSignal): Promise<ProbeReply> {
  signal.throwIfAborted();
  // As text: Node.js 20 starts no thread from TypeScript, and tests run on the sources.
  const worker = new Worker(`(${client.toString()})()`, { eval: true, workerData: { address, task } });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    return await new Promise<ProbeReply>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.once('exit', () => reject(new Error('the client ended without an answer')));
    });
  } catch (thrown) {
    signal.throwIfAborted();
    throw new DeployclockError('LAB_FAILED', `A link could not be probed: ${messageOf(thrown)}.`, { cause: thrown });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** The whole program of the thread. It is handed over as text, so nothing outside of it may be used, but types. */
async function client(): Promise<void> {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { Agent, request } = process.getBuiltinModule('node:http');
  const { address, task } = workerData as { address: string; task: ProbeTask };
  const { hostname: host, port } = new URL(`http://${address}`);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const block = Buffer.alloc(256 * 1024, 'deployclock');

  /** Answers with the head of the answer; null where the time was over before. */
  function exchange(method: string, path: string, bytes = 0, withinMs = 0) {
    return new Promise<IncomingMessage | null>((resolve, reject) => {
      const headers = method === 'GET' ? {} : { 'content-type': 'application/octet-stream', 'content-length': bytes };
      const sent = request({ host, port, agent, method, path, headers });
      const giveUp = (): void => {
        resolve(null);
        sent.destroy();
      };
      const timer = withinMs > 0 ? setTimeout(giveUp, withinMs) : undefined;
      let left = bytes;
      const send = (): void => {
        while (left > 0) {
          const size = Math.min(left, block.length);
          left -= size;
          if (!sent.write(block.subarray(0, size))) return void sent.once('drain', send);
        }
        sent.end();
      };
      sent.on('error', reject).on('response', (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      send();
    });
  }

  async function read(answer: IncomingMessage | null, wanted: number): Promise<IncomingMessage> {
    if (answer?.statusCode !== wanted) throw new Error(`the registry answered ${answer?.statusCode}, not ${wanted}`);
    for await (const _ of answer);
    return answer;
  }

  async function ask(path: string, times: number): Promise<number[]> {
    const warmUps = 3;
    const all: number[] = [];
    for (let time = -warmUps; time < times; time += 1) {
      const began = performance.now();
      await read(await exchange('GET', path), 200);
      all.push(performance.now() - began);
    }
    // The first ones opened the connection and woke the programs on the way.
    return all.slice(warmUps);
  }

  async function download(path: string, enough: number, withinMs: number) {
    const deadline = performance.now() + withinMs;
    const got = { bytes: 0, ms: 0 };
    while (got.bytes < enough && performance.now() < deadline) {
      const answer = await exchange('GET', path);
      if (answer?.statusCode !== 200) throw new Error(`the registry answered ${answer?.statusCode} for a blob`);
      let cutOff = false;
      const timer = setTimeout(() => {
        cutOff = true;
        answer.destroy();
      }, deadline - performance.now());
      let from: number | null = null;
      try {
        for await (const chunk of answer) {
          const now = performance.now();
          // What is there when one first looks came at a time that nobody saw.
          if (from !== null) {
            got.bytes += (chunk as Buffer).length;
            got.ms += now - from;
          }
          from = now;
          if (got.bytes >= enough) break;
        }
      } catch (thrown) {
        if (!cutOff) throw thrown;
      }
      clearTimeout(timer);
    }
    return got;
  }

  async function upload(path: string, bytes: number, withinMs: number): Promise<void> {
    const opened = await read(await exchange('POST', path), 202);
    // Absolute or relative: the path of it is the same link's.
    const at = ({ headers }: IncomingMessage): string => {
      const { pathname, search } = new URL(headers.location ?? '', `http://${address}`);
      return pathname + search;
    };
    const patched = await exchange('PATCH', at(opened), bytes, withinMs);
    const session = patched === null ? opened : await read(patched, 202);
    const cancelled = await exchange('DELETE', at(session));
    if (patched !== null) await read(cancelled, 204);
  }

  const reply = { exchangeMs: [] as number[], bytes: 0, ms: 0 };
  if (task.sort === 'ask') reply.exchangeMs = await ask(task.path, task.times);
  else if (task.sort === 'upload') await upload(task.path, task.bytes, task.withinMs);
  else {
    await download(task.path, task.bytes / 10, task.withinMs);
    Object.assign(reply, await download(task.path, task.bytes, task.withinMs));
  }
  agent.destroy();
  parentPort?.postMessage(reply);
}
