import type { ScenarioHistory } from '../verdict/trends.ts';
import { historyNotes } from './history-notes.ts';
import { type HistoryRow, historyRow, historyTitle } from './history-rows.ts';
import { type HistoryView, shownTrends } from './history-view.ts';
import { escapeMarkdown } from './markdown.ts';
import { unicodeMarks } from './marks.ts';
import { safeTexts } from './safe-text.ts';

/** A history as GitHub-flavoured markdown. Ends with a line feed. */
export function renderHistoryMarkdown(histories: readonly ScenarioHistory[], view: HistoryView): string {
  return `${safeTexts(histories)
    .flatMap((history) => scenarioBlocks(history, view))
    .join('\n\n')}\n`;
}

function scenarioBlocks(history: ScenarioHistory, view: HistoryView): string[] {
  const shown = shownTrends(history, view);
  const rows = shown.map((trend) => historyRow(trend, history, view, unicodeMarks));
  const steps = rows.flatMap(({ variant, metric, steps: own }) =>
    own.map((text) => `- **${escapeMarkdown(`${variant}, ${metric}`)}**: ${escapeMarkdown(text)}`),
  );
  const notes = historyNotes(history, shown, view, unicodeMarks).map((text) => `- ${escapeMarkdown(text)}`);
  return [
    `## ${escapeMarkdown(historyTitle(history))}`,
    ['| variant | metric | | first → last | last run |', '| :-- | :-- | :-- | --: | :-- |', ...rows.map(tableRow)].join(
      '\n',
    ),
    ...(steps.length === 0 ? [] : [`### Steps`, steps.join('\n')]),
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
  ];
}

function tableRow({ variant, metric, spark, figures, beside }: HistoryRow): string {
  return `| ${[variant, metric, spark, figures, beside].map(escapeMarkdown).join(' | ')} |`;
}
