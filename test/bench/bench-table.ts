import Table from 'cli-table3';

/** One figure of the benchmark of ourselves, with what it should be. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  readonly met: boolean;
}

export function benchTable(rows: readonly BenchRow[]): string {
  const table = new Table({ head: ['', 'measured', 'goal', ''], style: { head: [], border: [] } });
  for (const { what, measured, goal, met } of rows) table.push([what, measured, goal, met ? 'met' : 'NOT met']);
  return table.toString();
}

export function atMost(what: string, value: number, goal: number, unit: string, note = ''): BenchRow {
  return { what, measured: `${text(value, unit)}${note}`, goal: `≤ ${text(goal, unit)}`, met: value <= goal };
}

export function atLeast(what: string, value: number, goal: number, unit: string, note = ''): BenchRow {
  return { what, measured: `${text(value, unit)}${note}`, goal: `≥ ${text(goal, unit)}`, met: value >= goal };
}

function text(value: number, unit: string): string {
  return `${Number(value.toPrecision(3))} ${unit}`;
}
