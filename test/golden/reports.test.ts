import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderByExtension } from '../../src/report/render.ts';
import { renderScorecard } from '../../src/report/scorecard.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { readRun } from '../../src/results/run-folder.ts';
import { compareRun } from '../../src/verdict/comparison.ts';

const runs = join(import.meta.dirname, '../fixtures/runs');
const expected = join(import.meta.dirname, 'expected');
const names = readdirSync(runs).sort();

/** Every report of a run, by the name of its golden file. `UPDATE_GOLDEN=1` writes the files anew: read the difference before keeping it. */
function reportsOf(folder: string): Record<string, string> {
  const run = readRun(folder);
  const comparison = compareRun(run);
  const terminal = (width: number, color: boolean): string =>
    `${renderTerminal(run, comparison, { color, width })}\n${renderScorecard(run, comparison, { color, width })}`;
  return {
    '80.txt': terminal(80, false),
    '120.txt': terminal(120, false),
    'color.ansi': terminal(80, true),
    'report.txt': renderByExtension(run, comparison, 'report.txt'),
    'report.md': renderByExtension(run, comparison, 'report.md'),
    'report.json': renderByExtension(run, comparison, 'report.json'),
  };
}

describe.each(names)('%s', (name) => {
  const reports = reportsOf(join(runs, name));

  it.each(Object.keys(reports))('%s has the expected bytes', (report) => {
    const file = join(expected, `${name}.${report}.golden`);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, reports[report] ?? '');
    expect(reports[report]).toBe(readFileSync(file, 'utf8'));
  });

  it('is the same rendered again, and from a copy of the folder elsewhere', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'deployclock-golden-'));
    try {
      cpSync(join(runs, name), join(elsewhere, 'copy'), { recursive: true });
      expect(reportsOf(join(runs, name))).toEqual(reports);
      expect(reportsOf(join(elsewhere, 'copy'))).toEqual(reports);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});

describe('the golden files', () => {
  it('all belong to a run', () => {
    const known = names.flatMap((name) =>
      Object.keys(reportsOf(join(runs, name))).map((report) => `${name}.${report}.golden`),
    );
    expect(readdirSync(expected).sort()).toEqual(known.sort());
  });
});
