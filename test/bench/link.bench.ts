import { loadavg } from 'node:os';
import { expect, test } from 'vitest';
import { type BenchRow, benchTable } from './bench-table.ts';
import { shapedRows, unshapedRows } from './link-speed.ts';

/** Client and origin are processes of their own: with the link that makes three, and they share this machine's cores. */
const repeats = 5;

test('what a link lets through, and how well it keeps its rate', async () => {
  console.log(`load average before: ${loadavg()[0]?.toFixed(2)}`);
  const rows: BenchRow[] = [...(await unshapedRows(repeats))];
  for (const mbps of [20, 100, 1000]) rows.push(...(await shapedRows(mbps, repeats)));
  console.log(benchTable(rows));
  console.log(`load average after: ${loadavg()[0]?.toFixed(2)}`);
  expect(rows.filter((row) => !row.met)).toEqual([]);
});
