import type { GateReport } from '../verdict/gate.ts';
import { safeDocument } from './safe-document.ts';

const gateReportSchemaVersion = 1;

/**
 * Gates for programs, one JSON document:
 *
 *     { "schema": 1,         // of this document; another number means that a key changed its meaning or went
 *       "report": { … } }    // the type GateReport of verdict/gate.ts: milliseconds, bytes, counts, shares (0.05 is 5 %)
 */
export function renderGateJson(report: GateReport): string {
  return safeDocument({ schema: gateReportSchemaVersion, report });
}
