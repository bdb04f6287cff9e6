import { type Clock, elapsed } from '../clock.ts';
import type { Instant } from '../results/sample.ts';
import type { Readiness } from '../scenario/scenario.ts';
import type { Milliseconds } from '../units.ts';
import { attemptHttp } from './http-attempt.ts';
import { attemptInterval, attempts } from './ready/attempts.ts';
import { expectedAnswer } from './ready/expected-answer.ts';
import { attemptTcp } from './ready/tcp-attempt.ts';
import type { RunningApp } from './start.ts';

/** The last success of an app that goes away; until the next attempt had failed, `resolutionMs` later, it may have gone on. */
export interface LastAnswer {
  readonly at: Milliseconds;
  readonly resolutionMs: Milliseconds;
}

/** Somebody outside who asks an old app, again and again, while it is replaced. */
export interface OldWatch {
  /** Waits for one more question that begins after this call to be over, whatever its answer. */
  readonly askOnceMore: () => Promise<void>;
  /**
   * Ends the watch, at once. Null where the old app never answered, or cannot be asked. To be called before something else may answer in
   * its place: the new app has the same port when it starts second.
   */
  readonly end: () => Promise<LastAnswer | null>;
}

interface Question {
  readonly startedAt: Milliseconds;
  /** Null where there was no answer, or not the expected one. */
  readonly answeredAt: Milliseconds | null;
}

/** An app that is going away may take a connection and never answer; after this time that counts as gone. */
const questionLimitMs = 1000;

/** Begins to watch the old app; before the stop request. It is asked what its readiness check asks, or else for a connection. */
export function watchOld(app: RunningApp, readiness: Readiness, clock: Clock): OldWatch {
  const over = new AbortController();
  const ask = questionFor(app, readiness, clock, over.signal);
  if (ask === null) return { askOnceMore: async () => undefined, end: async () => null };

  let waiting: { readonly since: Milliseconds; readonly done: () => void }[] = [];
  const release = (until: Milliseconds): void => {
    for (const { done } of waiting.filter(({ since }) => since <= until)) done();
    waiting = waiting.filter(({ since }) => since > until);
  };
  const watch = async (): Promise<LastAnswer | null> => {
    let answeredLast: Milliseconds | null = null;
    let missed: Milliseconds | null = null;
    for await (const { startedAt, answeredAt } of attempts(ask, attemptInterval, clock, over.signal)) {
      // It may have gone on answering up to the moment at which a question failed, or was cut short by the end of the watch.
      missed = answeredAt === null ? (missed ?? clock.now()) : null;
      answeredLast = answeredAt ?? answeredLast;
      release(startedAt);
    }
    const ended = clock.now();
    release(ended);
    return answeredLast === null ? null : { at: answeredLast, resolutionMs: elapsed(answeredLast, missed ?? ended) };
  };
  const watching = watch();
  return {
    askOnceMore: () =>
      over.signal.aborted
        ? Promise.resolve()
        : new Promise((done) => {
            waiting.push({ since: clock.now(), done });
          }),
    end: () => {
      over.abort();
      return watching;
    },
  };
}

/** Null for what has no port, and where a connection would prove nothing: an engine's own proxy outlives the app behind it. */
function questionFor(
  { endpoint }: RunningApp,
  readiness: Readiness,
  clock: Clock,
  signal: AbortSignal,
): (() => Promise<Question>) | null {
  if (endpoint === null || readiness.check === 'exit') return null;
  if (readiness.check === 'http') {
    const expected = expectedAnswer(readiness);
    return async () => {
      const attempt = await attemptHttp(endpoint, readiness.path, clock, signal, questionLimitMs);
      return { startedAt: attempt.startedAt, answeredAt: expected(attempt) ? attempt.respondedAt : null };
    };
  }
  if (!endpoint.direct) return null;
  return async () => {
    const { startedAt, acceptedAt } = await attemptTcp(endpoint, clock, signal, questionLimitMs);
    return { startedAt, answeredAt: acceptedAt };
  };
}

/**
 * From the last answer of the old app to the first success of the new one, and how much shorter it may have been. No time at all, and
 * exactly so, where the new app answered before the old one had stopped. Null where one of the two was never seen.
 */
export function downtimeOf(
  last: LastAnswer | null,
  firstSuccessOfNew: { readonly at: Milliseconds; readonly resolutionMs: Milliseconds } | null,
): Instant | null {
  if (last === null || firstSuccessOfNew === null) return null;
  const ms = elapsed(last.at, firstSuccessOfNew.at);
  if (ms <= 0) return { ms: 0, resolutionMs: 0 };
  return { ms, resolutionMs: Math.min(ms, last.resolutionMs + firstSuccessOfNew.resolutionMs) };
}
