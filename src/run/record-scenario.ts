import { relative } from 'node:path';
import type { RunRecord } from '../results/run-record.ts';
import type { DockerfileFacts } from '../scenario/dockerfile.ts';
import type { Scenario } from '../scenario/scenario.ts';

/**
 * The scenario as a run's folder keeps it. Paths are relative to the scenario's folder, so that the record means something elsewhere; of
 * build arguments and environment only the names are kept, since their values may be secrets.
 */
export function recordScenario(
  scenario: Scenario,
  dockerfiles: ReadonlyMap<string, DockerfileFacts>,
): RunRecord['scenario'] {
  return {
    name: scenario.name,
    description: scenario.description,
    variants: scenario.variants.map((variant) => ({
      name: variant.name,
      dockerfile: relative(scenario.folder, variant.dockerfile),
      context: relative(scenario.folder, variant.context) || '.',
      target: variant.target,
      buildArgs: Object.keys(variant.buildArgs),
      dockerfileText: dockerfiles.get(variant.name)?.text ?? '',
    })),
    baseline: scenario.variants[0].name,
    app: { port: scenario.app.port, env: Object.keys(scenario.app.env) },
    ready: { path: scenario.ready.path, status: scenario.ready.status, timeoutMs: scenario.ready.timeout },
    edits: Object.fromEntries(
      Object.entries(scenario.edits).map(([kind, edits]) => [kind, (edits ?? []).map((edit) => ({ ...edit }))]),
    ),
    links: scenario.links,
  };
}
