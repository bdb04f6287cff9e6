import type { RunFolder } from '../results/run-folder.ts';
import type { PlantReport } from '../verdict/plants.ts';
import { plantColumns, selftestNotes, selftestOutcome, untouchedColumns } from './selftest-words.ts';
import { paint, type TextStyle } from './style.ts';
import { drawColumns } from './text-columns.ts';
import { wrap } from './text-width.ts';

/**
 * What the self-test planted and found, for a terminal. Ends with a line feed.
 * @param whats a sentence for each plant, on what was done
 */
export function renderSelftestTerminal(
  run: RunFolder,
  report: PlantReport,
  whats: readonly string[],
  style: TextStyle,
): string {
  const { scenario, seed } = run.record;
  const pairs = Math.max(0, ...report.findings.map(({ change }) => change?.pairs ?? 0));
  const title = `selftest · ${pairs} pairs · ${scenario.links.downlink.label} · seed ${seed}`;
  const sections = [
    [paint(title, 'bold', style)],
    [paint('planted', 'bold', style), ...drawColumns(plantColumns(report), style).map((line) => `  ${line}`)],
    [
      paint('not touched', 'bold', style),
      ...drawColumns(untouchedColumns(report.untouched), style).map((line) => `  ${line}`),
    ],
    [
      paint('notes', 'bold', style),
      ...selftestNotes(report, whats).flatMap((text) =>
        wrap(text, style.width - 4, '  ').map((line, index) =>
          paint(`  ${index === 0 ? '· ' : ''}${line}`, 'dim', style),
        ),
      ),
    ],
    [outcomeLine(report, style)],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The last line alone. */
export function outcomeLine(report: PlantReport, style: TextStyle): string {
  return paint(selftestOutcome(report), report.passed ? 'green' : 'red', style);
}
