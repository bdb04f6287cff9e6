import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, elapsed } from '../clock.ts';
import { DeployclockError } from '../errors.ts';
import { inspectContainer, lastLogLines } from '../lab/engine/container.ts';
import type { LapLab } from '../lab/lab.ts';
import type { ReadyDetail } from '../results/sample.ts';
import type { AppSettings, Readiness } from '../scenario/scenario.ts';
import type { Milliseconds } from '../units.ts';
import { attemptHttp, type HttpAttempt } from './http-attempt.ts';
import { listeningPorts } from './listening-ports.ts';
import type { PhaseWork } from './phase.ts';
import type { RunningApp } from './start.ts';

/** A fresh connection at most this often: often enough to resolve a start, seldom enough not to slow it. */
const intervalMs = 5;
const logLines = 50;

interface Progress {
  readonly attempts: number;
  readonly listeningAt: Milliseconds | null;
  readonly firstResponseAt: Milliseconds | null;
  readonly lastStatus: number | null;
}

/**
 * Ready: from the start request's answer until the app gives the expected answer. The address is the server's own, where nothing else
 * listens. A container that ends, and the deadline, end the wait.
 * @throws DeployclockError APP_CRASHED with its last lines, APP_NEVER_READY with what was seen instead
 */
export async function ready(
  lap: LapLab,
  running: RunningApp,
  app: AppSettings,
  readiness: Readiness,
  clock: Clock,
  signal: AbortSignal,
): Promise<PhaseWork<ReadyDetail, null>> {
  const target = { host: lap.server.address, port: app.port, path: readiness.path };
  const ended = new AbortController();
  let exitCode: number | null = null;
  running.exit.then(
    (code) => {
      exitCode = code;
      ended.abort();
    },
    () => undefined,
  );
  // An exchange that only trickles must not outlive the deadline either.
  const deadline = AbortSignal.timeout(Math.ceil(readiness.timeout));
  const either = AbortSignal.any([signal, ended.signal, deadline]);
  const began = clock.now();
  let progress: Progress = { attempts: 0, listeningAt: null, firstResponseAt: null, lastStatus: null };
  let notBefore = began;
  while (elapsed(began, clock.now()) < readiness.timeout) {
    const attempt = await attemptHttp(target, clock, either);
    progress = note(progress, attempt);
    signal.throwIfAborted();
    if (exitCode !== null) throw await crashed(lap, running, exitCode);
    if (attempt.status === readiness.status && attempt.respondedAt !== null) {
      return succeed(progress, attempt.respondedAt, notBefore);
    }
    notBefore = attempt.startedAt;
    await sleep(Math.max(0, intervalMs - elapsed(attempt.startedAt, clock.now())), undefined, { signal: either }).catch(
      () => undefined,
    );
  }
  // An exit that the engine had not told by now: the container itself knows.
  const state = await inspectContainer(lap.server.engine, running.containerId).catch(() => null);
  if (state?.running === false) throw await crashed(lap, running, state.exitCode);
  throw await neverReady(lap, running, app, readiness, progress);
}

function note(progress: Progress, attempt: HttpAttempt): Progress {
  return {
    attempts: progress.attempts + 1,
    listeningAt: progress.listeningAt ?? attempt.connectedAt,
    firstResponseAt: progress.firstResponseAt ?? attempt.respondedAt,
    lastStatus: attempt.status ?? progress.lastStatus,
  };
}

/** The app turned ready somewhere between the start of the attempt that failed last and the answer of the one that did not. */
function succeed(progress: Progress, succeededAt: Milliseconds, notBefore: Milliseconds): PhaseWork<ReadyDetail, null> {
  return {
    value: null,
    resolution: elapsed(notBefore, succeededAt),
    detail: (phaseStart) => {
      const since = (at: Milliseconds | null): number | null => (at === null ? null : elapsed(phaseStart, at));
      return {
        listeningMs: since(progress.listeningAt),
        firstResponseMs: since(progress.firstResponseAt),
        firstSuccessMs: since(succeededAt),
        attempts: progress.attempts,
        lastStatus: progress.lastStatus,
      };
    },
  };
}

async function crashed(lap: LapLab, running: RunningApp, exitCode: number): Promise<DeployclockError> {
  const lines = await lastLogLines(lap.server.engine, running.containerId, logLines).catch(() => '');
  return new DeployclockError('APP_CRASHED', `The app ended with exit code ${exitCode} before it was ready.`, {
    excerpt: lines === '' ? '(it wrote nothing)' : lines,
  });
}

async function neverReady(
  lap: LapLab,
  running: RunningApp,
  app: AppSettings,
  readiness: Readiness,
  progress: Progress,
): Promise<DeployclockError> {
  const lines = await lastLogLines(lap.server.engine, running.containerId, logLines).catch(() => '');
  const excerpt = lines === '' ? {} : { excerpt: lines };
  const within = `within ${readiness.timeout / 1000} s`;
  if (progress.listeningAt === null) {
    const ports = await listeningPorts(lap.server, running.containerId).catch(() => []);
    const instead = ports.length === 0 ? 'It listens on no port at all.' : `It listens on ${ports.join(', ')} instead.`;
    return new DeployclockError(
      'APP_NEVER_READY',
      `Nothing listened on port ${app.port} of the container ${within}. ${instead}`,
      {
        ...excerpt,
        hint: 'Set `app.port` in scenario.yaml to the port that the app listens on, on all addresses (0.0.0.0).',
      },
    );
  }
  const seen = progress.lastStatus === null ? 'no answer at all' : `status ${progress.lastStatus}`;
  return new DeployclockError(
    'APP_NEVER_READY',
    `GET ${readiness.path} gave ${seen}, not ${readiness.status}, ${within} (${progress.attempts} attempts).`,
    { ...excerpt, hint: 'Check `ready` in scenario.yaml, or raise `ready.timeout`.' },
  );
}
