import type { RunFolder } from '../results/run-folder.ts';
import type { Calibration } from '../verdict/calibration.ts';
import { safeDocument } from './safe-document.ts';

const calibrationSchemaVersion = 1;

/**
 * A calibration for programs, one JSON document:
 *
 *     { "schema": 1,                // of this document
 *       "run": { … },               // run.json as the schema in results/run-record.ts gives it
 *       "calibration": { … } }      // the type Calibration of verdict/calibration.ts: times in milliseconds, all else shares
 */
export function renderCalibrationJson(run: RunFolder, calibration: Calibration): string {
  return safeDocument({ schema: calibrationSchemaVersion, run: run.record, calibration });
}
