import type { CiView } from './ci-view.ts';
import { safeDocument } from './safe-document.ts';

const ciSchemaVersion = 1;

/**
 * What a run of `deployclock ci` came to, for programs, one JSON document:
 *
 *     { "schema": 1,            // of this document; another number means that a key changed its meaning or went
 *       "base": { "ref", "commit" }, "head": { "ref", "commit" },
 *       "baseMissing": "…",     // why there is no comparison; null where there is one
 *       "warnings": ["…"],
 *       "report": { … },        // the type GateReport of verdict/gate.ts; null where nothing could be judged
 *       "run": { … },           // run.json as the schema in results/run-record.ts gives it
 *       "comparison": { … } }   // the type Comparison of verdict/comparison.ts
 */
export function renderCiJson({ base, head, baseMissing, warnings, gates, run, comparison }: CiView): string {
  const report = gates?.report ?? null;
  return safeDocument({
    schema: ciSchemaVersion,
    base,
    head,
    baseMissing,
    warnings,
    report,
    run: run.record,
    comparison,
  });
}
