import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison } from '../verdict/comparison.ts';

const reportSchemaVersion = 1;

/**
 * The report for programs, one JSON document:
 *
 *     { "schema": 1,              // of this document; another number means that a key changed its meaning or went
 *       "run": { … },             // run.json as the schema in results/run-record.ts gives it
 *       "comparison": { … } }     // the type Comparison of verdict/comparison.ts: times in milliseconds, sizes in bytes
 *
 * What is missing is null, never 0. Keys have a fixed order. Texts are whole, as they were recorded; what a terminal would obey in them
 * is escaped, so the document can be printed.
 */
export function renderJson(run: RunFolder, comparison: Comparison): string {
  const json = JSON.stringify({ schema: reportSchemaVersion, run: run.record, comparison }, null, 2);
  return `${json.replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escapeCharacter)}\n`;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
