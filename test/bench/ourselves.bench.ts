import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, openLapLab } from '../../src/lab/lab.ts';
import { loadScenario } from '../../src/scenario/load-scenario.ts';
import { median } from '../../src/stats/median.ts';
import { clock, connectToEngine, lapOf, never, openTestLab, rated } from '../lab/bed.ts';
import { atLeast, atMost, type BenchRow, benchTable } from './bench-table.ts';
import { shapedRows, unshapedRows } from './link-speed.ts';
import { readinessLags } from './readiness-lag.ts';
import { costOfRun } from './run-cost.ts';

/** What deployclock itself adds to what it measures, in one table with the goals. Takes about ten minutes. */
const rows: BenchRow[] = [];
const processors = availableParallelism();
let lab: Lab;

beforeAll(async () => {
  lab = await openTestLab('bench');
});

afterAll(async () => {
  await lab?.close();
});

test('links: how much they let through, and how well they keep a rate', async () => {
  rows.push(...(await unshapedRows(5)));
  for (const mbps of [20, 100, 1000]) rows.push(...(await shapedRows(mbps, 5)));
});

test('readiness: how late a success is seen; and how long a fresh server takes', async () => {
  const lap = await openLapLab(
    lab,
    lapOf('1-a', { uplink: rated(1000), downlink: rated(1000), mirror: rated(4000) }),
    clock,
    never,
  );
  const lags = await readinessLags(lap.bench, 15);
  const range = ` median of 15 (${Math.min(...lags).toFixed(1)} to ${Math.max(...lags).toFixed(1)})`;
  rows.push(atMost('readiness lag', median(lags), 10, 'ms', range));
  const resets: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    const began = clock.now();
    const fresh = await lap.withFreshServer?.(lap.bench);
    resets.push((clock.now() - began) / 1000);
    await fresh?.server.close();
  }
  rows.push(
    atMost('a fresh server', median(resets), 3, 's', ` median of 5, ${Math.max(...resets).toFixed(2)} at most`),
  );
  await lap.close();
});

test('a run of node-api: our share of the processors, and of the time', async () => {
  const bundled = fileURLToPath(new URL('../../scenarios', import.meta.url));
  const scenario = loadScenario('node-api', bundled, bundled);
  const cost = await costOfRun(await connectToEngine(), scenario);
  expect(cost.samples.map(({ outcome }) => outcome)).toEqual(cost.samples.map(() => 'ok'));
  const ofOne = (100 * cost.processorMs) / cost.phaseMs;
  const note = ` of ${processors} processors (${ofOne.toFixed(1)} % of one)`;
  rows.push(atMost('our processor share in timed phases', ofOne / processors, 3, '%', note));
  const share = (100 * cost.measuredMs) / cost.wallMs;
  const seconds = ` of ${(cost.wallMs / 1000).toFixed(0)} s`;
  rows.push(atLeast('a run that is measured deploy time', share, 80, '%', seconds));
});

test('the table', () => {
  console.log(benchTable(rows));
  expect(
    rows.filter((row) => !row.met).map(({ what, measured, goal }) => `${what}: ${measured}, goal ${goal}`),
  ).toEqual([]);
});
