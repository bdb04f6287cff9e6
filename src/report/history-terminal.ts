import type { ScenarioHistory } from '../verdict/trends.ts';
import { historyNotes } from './history-notes.ts';
import { type HistoryRow, historyRow, historyTitle } from './history-rows.ts';
import { type HistoryView, shownTrends } from './history-view.ts';
import type { Marks } from './marks.ts';
import { safeTexts } from './safe-text.ts';
import { paint, type TextStyle } from './style.ts';
import { padEnd, textWidth, wrap } from './text-width.ts';

/** A history for a terminal, one section a scenario: a line for each metric, under it the runs at which it took a step. Ends with a line feed. */
export function renderHistoryTerminal(
  histories: readonly ScenarioHistory[],
  view: HistoryView,
  marks: Marks,
  style: TextStyle,
): string {
  const sections = safeTexts(histories).map((history) => scenarioSection(history, view, marks, style).join('\n'));
  return `${sections.join('\n\n')}\n`;
}

function scenarioSection(history: ScenarioHistory, view: HistoryView, marks: Marks, style: TextStyle): string[] {
  const shown = shownTrends(history, view);
  const rows = shown.map((trend) => written(historyRow(trend, history, view, marks), marks));
  const variants = [...new Set(rows.map(({ variant }) => variant))];
  const notes = historyNotes(history, shown, view, marks);
  const more = view === 'headline' ? [`More of it: deployclock history ${history.scenario}`] : [];
  return [
    ...wrap(marks.write(historyTitle(history)), style.width).map((line) => paint(line, 'bold', style)),
    ...variants.flatMap((variant) => [
      '',
      `  ${paint(variant, 'bold', style)}`,
      ...rows.filter((row) => row.variant === variant).flatMap((row) => rowLines(row, rows, style)),
    ]),
    ...(rows.length === 0 ? ['', '  No run has a number of these.'] : []),
    '',
    ...[...notes, ...more].flatMap((text) => noteLines(marks.write(text), marks, style)),
  ];
}

function rowLines(row: HistoryRow, all: readonly HistoryRow[], style: TextStyle): string[] {
  const width = (text: (each: HistoryRow) => string): number => Math.max(...all.map((each) => textWidth(text(each))));
  const label = padEnd(
    row.metric,
    width(({ metric }) => metric),
  );
  const spark = padEnd(
    row.spark,
    width((each) => each.spark),
  );
  const main = `    ${label}  ${spark}  ${row.figures}`;
  const whole = `${padEnd(main, 8 + textWidth(label) + textWidth(spark) + width(({ figures }) => figures))}  ${row.beside}`;
  const fits = textWidth(whole) <= style.width;
  return [
    (fits ? whole : main).trimEnd(),
    ...(fits || row.beside === '' ? [] : wrap(row.beside, style.width - 6, '  ').map((line) => `      ${line}`)),
    ...row.steps.flatMap((text) =>
      wrap(text, style.width - 6, '  ').map((line) => paint(`      ${line}`, 'yellow', style)),
    ),
  ];
}

function noteLines(text: string, marks: Marks, style: TextStyle): string[] {
  return wrap(text, style.width - 4, '  ').map((line, index) =>
    paint(`  ${index === 0 ? marks.write('· ') : ''}${line}`, 'dim', style),
  );
}

/** In the characters that the terminal has; names stay as they are. */
function written(row: HistoryRow, { write }: Marks): HistoryRow {
  const { variant, metric, spark, figures, beside, steps } = row;
  return {
    ...{ variant, metric },
    ...{ spark: write(spark), figures: write(figures), beside: write(beside), steps: steps.map(write) },
  };
}
