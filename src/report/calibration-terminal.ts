import type { RunFolder } from '../results/run-folder.ts';
import type { Calibration } from '../verdict/calibration.ts';
import {
  alarmSentences,
  calibrationNotes,
  familySentences,
  floorColumns,
  gateLines,
  legend,
} from './calibration-words.ts';
import { describeKind } from './kind-words.ts';
import { safeTexts } from './safe-text.ts';
import { paint, type TextStyle } from './style.ts';
import { drawColumns } from './text-columns.ts';
import { wrap } from './text-width.ts';

/** A calibration for a terminal. Ends with a line feed. */
export function renderCalibrationTerminal(run: RunFolder, calibration: Calibration, style: TextStyle): string {
  const { record } = safeTexts(run);
  const { floors, family } = calibration;
  const kinds = [...new Set(floors.map(({ kind }) => kind))];
  const sections = [
    wrap(calibrationTitle(record), style.width).map((line) => paint(line, 'bold', style)),
    ...kinds.map((kind) => [
      `${paint(kind, 'bold', style)}  ${paint(describeKind(kind), 'dim', style)}`.trimEnd(),
      ...drawColumns(floorColumns(floors.filter((floor) => floor.kind === kind)), style).map((line) => `  ${line}`),
    ]),
    ...(family === null
      ? []
      : [
          [paint('false alarms', 'bold', style), ...familySentences(family).flatMap((text) => indented(text, style))],
          [
            paint('gates that ten pairs can hold here, for scenario.yaml', 'bold', style),
            ...gateLines(family.recommended.gates).map((line) => `  ${line}`),
          ],
        ]),
    [
      paint('notes', 'bold', style),
      ...[legend, ...calibrationNotes(calibration)].flatMap((text) => listed(text, style)),
    ],
    alarmSentences(calibration).flatMap((text) =>
      wrap(text, style.width, '  ').map((line) => paint(line, text.startsWith('✘') ? 'red' : 'green', style)),
    ),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

export function calibrationTitle({ scenario, seed }: RunFolder['record']): string {
  const [one, other] = scenario.variants;
  const { uplink, downlink } = scenario.links;
  const links = uplink.label === downlink.label ? uplink.label : `${uplink.label} up, ${downlink.label} down`;
  return `${scenario.name} · ${one?.name} and ${other?.name} are the same · ${links} · seed ${seed}`;
}

function indented(text: string, style: TextStyle): string[] {
  return wrap(text, style.width - 2).map((line) => `  ${line}`);
}

function listed(text: string, style: TextStyle): string[] {
  return wrap(text, style.width - 4, '  ').map((line, index) =>
    paint(`  ${index === 0 ? '· ' : ''}${line}`, 'dim', style),
  );
}
