import type { RunFolder } from '../results/run-folder.ts';
import type { Calibration } from '../verdict/calibration.ts';
import { renderCalibrationJson } from './calibration-json.ts';
import { renderCalibrationMarkdown } from './calibration-markdown.ts';
import { renderCalibrationTerminal } from './calibration-terminal.ts';
import { fileFormat } from './file-format.ts';

type RenderCalibration = (run: RunFolder, calibration: Calibration) => string;

const formats: Readonly<Record<string, RenderCalibration>> = {
  // A text file has no terminal to ask for its width.
  '.txt': (run, calibration) => renderCalibrationTerminal(run, calibration, { color: false, width: 100 }),
  '.md': renderCalibrationMarkdown,
  '.json': renderCalibrationJson,
};

/**
 * What renders a calibration into this file.
 * @throws DeployclockError USAGE where its extension is not known
 */
export function renderCalibrationFor(file: string): RenderCalibration {
  return fileFormat(file, formats, 'a calibration');
}
