import { type Clock, elapsed } from '../clock.ts';
import { DeployclockError } from '../errors.ts';
import { inspectContainer, lastLogLines } from '../lab/engine/container.ts';
import type { Server } from '../lab/server/server.ts';
import type { Instant, ReadyDetail } from '../results/sample.ts';
import type { AppSettings, Readiness } from '../scenario/scenario.ts';
import type { Milliseconds } from '../units.ts';
import type { PhaseWork } from './phase.ts';
import { watchExit } from './ready/exit.ts';
import { watchHealthcheck } from './ready/healthcheck.ts';
import { watchHttp } from './ready/http.ts';
import { watchLog } from './ready/log.ts';
import { watchTcp } from './ready/tcp.ts';
import type { Seen, Watch, Watched } from './ready/watch.ts';
import type { RunningApp } from './start.ts';

export interface ReadyInput {
  readonly server: Server;
  readonly app: RunningApp;
  readonly settings: AppSettings;
  readonly readiness: Readiness;
}

/** The first thing that the check asks for, on the clock; `resolution` is how much earlier it may have been. */
export interface FirstSuccess {
  readonly firstSuccessAt: Milliseconds;
  readonly resolution: Milliseconds;
}

const logLines = 50;

/** How a wait ended. */
type End =
  | { readonly why: 'met'; readonly seen: Seen }
  | { readonly why: 'exit'; readonly code: number }
  | { readonly why: 'deadline' };

/**
 * Ready: from the start request's answer until the app passes its check. A container that ends, and the deadline, end the wait. Called
 * right after the start request was answered.
 * @throws DeployclockError APP_CRASHED with its last lines, APP_NEVER_READY with what was seen instead
 */
export async function ready(
  { server, app, settings, readiness }: ReadyInput,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<ReadyDetail, FirstSuccess>> {
  signal.throwIfAborted();
  const over = new AbortController();
  const watched: Watched = { server, app, port: settings.port, clock, began: clock.now() };
  const watch = startWatch(watched, readiness, over.signal);
  // Whatever ends the wait ends all that the watch has set going, on the spot.
  const end = await firstEnd(watch, app, readiness, signal, over.signal).finally(() => over.abort());
  if (end.why === 'met') return succeed(watch, end.seen, readiness.check, clock.now());
  // An attempt that was cut short has its say in what is told.
  await watch.met.catch(() => undefined);
  if (end.why === 'exit') throw await crashed(watched, end.code);
  // An exit that the engine had not told by now: the container itself knows.
  const state = await inspectContainer(server.engine, app.containerId).catch(() => null);
  if (state?.running === false) throw await crashed(watched, state.exitCode);
  throw await neverReady(watched, watch, readiness.timeout);
}

function startWatch(watched: Watched, readiness: Readiness, signal: AbortSignal): Watch {
  switch (readiness.check) {
    case 'http':
      return watchHttp(watched, readiness, signal);
    case 'tcp':
      return watchTcp(watched, readiness, signal);
    case 'log':
      return watchLog(watched, readiness, signal);
    case 'healthcheck':
      return watchHealthcheck(watched, readiness, signal);
    case 'exit':
      return watchExit(watched, readiness, signal);
  }
}

/** Rejects with what `signal` was aborted with. `over` ends the timer and the listener. */
function firstEnd(
  watch: Watch,
  app: RunningApp,
  readiness: Readiness,
  signal: AbortSignal,
  over: AbortSignal,
): Promise<End> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ why: 'deadline' }), readiness.timeout);
    over.addEventListener('abort', () => clearTimeout(timer), { once: true });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over });
    watch.met.then((seen) => resolve({ why: 'met', seen }), reject);
    app.exit.then(
      (code) => {
        // A job that did its work is not a crash; its own watch sees to it.
        if (readiness.check !== 'exit' || code !== 0) resolve({ why: 'exit', code });
      },
      () => undefined,
    );
  });
}

function succeed(
  watch: Watch,
  met: Seen,
  check: Readiness['check'],
  ended: Milliseconds,
): PhaseWork<ReadyDetail, FirstSuccess> {
  const { listening, firstResponse, firstSuccess, healthy, ...rest } = watch.sightings();
  const first = firstSuccess ?? met;
  return {
    value: { firstSuccessAt: first.at, resolution: elapsed(first.notBefore, first.at) },
    resolution: elapsed(met.notBefore, ended),
    detail: (phaseStart) => {
      const since = (seen: Seen | null): Instant | null =>
        seen === null ? null : { ms: elapsed(phaseStart, seen.at), resolutionMs: elapsed(seen.notBefore, seen.at) };
      return {
        check,
        listening: since(listening),
        firstResponse: since(firstResponse),
        firstSuccess: since(firstSuccess),
        healthy: since(healthy),
        ...rest,
      };
    },
  };
}

async function crashed({ server, app }: Watched, exitCode: number): Promise<DeployclockError> {
  const lines = await lastLogLines(server.engine, app.containerId, logLines).catch(() => '');
  return new DeployclockError('APP_CRASHED', `The app ended with exit code ${exitCode} before it was ready.`, {
    excerpt: lines === '' ? '(it wrote nothing)' : lines,
  });
}

async function neverReady({ server, app }: Watched, watch: Watch, timeout: Milliseconds): Promise<DeployclockError> {
  const { message, hint, excerpt } = await watch.shortfall(`${timeout / 1000} s`);
  const lines = excerpt ?? (await lastLogLines(server.engine, app.containerId, logLines).catch(() => ''));
  return new DeployclockError('APP_NEVER_READY', message, { hint, ...(lines === '' ? {} : { excerpt: lines }) });
}
