import type { ScenarioHistory } from '../verdict/trends.ts';
import { fileFormat } from './file-format.ts';
import { renderHistoryCsv } from './history-csv.ts';
import { renderHistoryJson } from './history-json.ts';
import { renderHistoryMarkdown } from './history-markdown.ts';
import { renderHistoryTerminal } from './history-terminal.ts';
import type { HistoryView } from './history-view.ts';
import { unicodeMarks } from './marks.ts';

export interface HistoryReport {
  readonly histories: readonly ScenarioHistory[];
  /** Of what the formats for people show; those for programs hold everything. */
  readonly view: HistoryView;
  readonly warnings: readonly string[];
}

type RenderHistory = (report: HistoryReport) => string;

/** A text file has no terminal to ask for its width. */
const textFile = { color: false, width: 100 };

const formats: Readonly<Record<string, RenderHistory>> = {
  '.txt': ({ histories, view }) => renderHistoryTerminal(histories, view, unicodeMarks, textFile),
  '.md': ({ histories, view }) => renderHistoryMarkdown(histories, view),
  '.json': ({ histories, warnings }) => renderHistoryJson(histories, warnings),
  '.csv': ({ histories }) => renderHistoryCsv(histories),
};

/**
 * What renders a history into this file.
 * @throws DeployclockError USAGE where its extension is not known
 */
export function renderHistoryFor(file: string): RenderHistory {
  return fileFormat(file, formats, 'a history');
}
