import type { RunFolder } from '../results/run-folder.ts';
import type { PlantReport } from '../verdict/plants.ts';
import { safeDocument } from './safe-document.ts';

const selftestSchemaVersion = 1;

/**
 * A self-test for programs, one JSON document:
 *
 *     { "schema": 1,                // of this document
 *       "run": { … },               // run.json as the schema in results/run-record.ts gives it
 *       "selftest": { … } }         // the type PlantReport of verdict/plants.ts: times in milliseconds
 */
export function renderSelftestJson(run: RunFolder, selftest: PlantReport): string {
  return safeDocument({ schema: selftestSchemaVersion, run: run.record, selftest });
}
