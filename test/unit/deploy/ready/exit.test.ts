import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { appAt, clock, expectWithin, leftBy, serverOf, waitUntilReady } from './bed.ts';
import { withContainer } from './container.ts';

const exit = { check: 'exit' } as const;

test('a job is ready when it ends with 0; its resolution reaches back to when it really did', async () => {
  let finishedAt = '0001-01-01T00:00:00Z';
  let truth = 0;
  const container = { describe: () => ({ State: { FinishedAt: finishedAt } }) };
  await withContainer(container, async (engine) => {
    const ended = sleep(400).then(async () => {
      truth = clock.now();
      finishedAt = new Date().toISOString();
      await sleep(30);
      return 0;
    });
    const input = { server: serverOf(engine), app: appAt(null, ended) };
    const { began, detail, resolution, firstSuccessMs } = await waitUntilReady(input, exit, { port: null });
    expect(detail).toMatchObject({ check: 'exit', listening: null, attempts: null });
    expect(firstSuccessMs).toBe(detail.firstSuccess?.ms);
    expectWithin(truth, detail.firstSuccess, began);
    expect(resolution).toBeLessThan(firstSuccessMs);
  });
});

test('a job that ends otherwise has crashed', async () => {
  await withContainer({ lastLines: 'no such table\n' }, async (engine) => {
    const app = appAt(
      null,
      sleep(20).then(() => 3),
    );
    await expect(waitUntilReady({ server: serverOf(engine), app }, exit)).rejects.toMatchObject({
      code: 'APP_CRASHED',
      message: 'The app ended with exit code 3 before it was ready.',
      excerpt: 'no such table',
    });
  });
});

test('a job that goes on is told so at the deadline, and nothing is left of the wait', async () => {
  await withContainer({}, async (engine) => {
    const wait = () => waitUntilReady({ server: serverOf(engine), app: appAt(null) }, exit, { timeoutMs: 60 });
    await expect(wait()).rejects.toMatchObject({
      code: 'APP_NEVER_READY',
      message: 'The job had not ended within 0.06 s.',
    });
    expect(await leftBy(wait)).toEqual([]);
  });
});
