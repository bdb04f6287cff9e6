import type { RunFolder } from '../results/run-folder.ts';
import type { Calibration } from '../verdict/calibration.ts';
import { calibrationTitle } from './calibration-terminal.ts';
import {
  alarmSentences,
  calibrationNotes,
  familySentences,
  floorColumns,
  gateLines,
  legend,
} from './calibration-words.ts';
import { escapeMarkdown } from './markdown.ts';
import { safeTexts } from './safe-text.ts';
import { markdownColumns } from './text-columns.ts';

/** A calibration as GitHub-flavoured markdown. Ends with a line feed. */
export function renderCalibrationMarkdown(run: RunFolder, calibration: Calibration): string {
  const { record } = safeTexts(run);
  const { floors, family } = calibration;
  const kinds = [...new Set(floors.map(({ kind }) => kind))];
  const list = (texts: readonly string[]): string => texts.map((text) => `- ${escapeMarkdown(text)}`).join('\n');
  const blocks = [
    `## ${escapeMarkdown(calibrationTitle(record))}`,
    alarmSentences(calibration).map(escapeMarkdown).join('\n\n'),
    ...kinds.flatMap((kind) => [
      `### ${escapeMarkdown(kind)}`,
      markdownColumns(floorColumns(floors.filter((floor) => floor.kind === kind))),
    ]),
    ...(family === null
      ? []
      : [
          '### False alarms',
          list(familySentences(family)),
          '### Gates that ten pairs can hold here',
          ['```yaml', ...gateLines(family.recommended.gates), '```'].join('\n'),
        ]),
    list([legend, ...calibrationNotes(calibration)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}
