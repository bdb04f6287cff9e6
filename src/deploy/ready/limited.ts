/** Runs `work` with a signal of its own, which `limit` milliseconds or `signal` end. No timer and no listener outlives the work. */
export async function withLimit<T>(
  limit: number,
  signal: AbortSignal,
  work: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const limited = new AbortController();
  const end = (): void => limited.abort(signal.reason);
  const timer = setTimeout(end, limit);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await work(limited.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** As `promise`, but rejects as soon as `signal` is aborted. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let end: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Never resolves; rejects when `signal` is aborted. For a watch that has nothing more to see. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return orAborted(new Promise<never>(() => undefined), signal);
}

/** What `work` gives, at the moment at which it gives it: it may go on tidying up after that. Rejects where it throws before. */
export function firstCall<T>(work: (give: (value: T) => void) => Promise<void>): Promise<T> {
  return new Promise((resolve, reject) => {
    work(resolve).catch(reject);
  });
}
