/**
 * Runs every closer, whatever the others do, and waits for all of them.
 * @throws the first failure, when all are over
 */
export async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  const results = await Promise.allSettled(closers.map((close) => close()));
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason;
  }
}
