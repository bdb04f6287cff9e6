import { basename, relative } from 'node:path';
import type { RunRecord } from '../results/run-record.ts';
import type { DockerfileFacts } from '../scenario/dockerfile.ts';
import type { Edit, Scenario } from '../scenario/scenario.ts';

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
      // Files of a git revision lay in a temporary folder: which one means nothing afterwards.
      dockerfile: variant.ref === null ? relative(scenario.folder, variant.dockerfile) : basename(variant.dockerfile),
      context: variant.ref === null ? relative(scenario.folder, variant.context) || '.' : '.',
      target: variant.target,
      buildArgs: Object.keys(variant.buildArgs),
      dockerfileText: dockerfiles.get(variant.name)?.text ?? '',
      builder: variant.builder,
      ref: variant.ref,
      links: variant.links,
    })),
    baseline: scenario.variants[0].name,
    app: { port: scenario.app.port, env: Object.keys(scenario.app.env) },
    ready: scenario.ready,
    edits: Object.fromEntries(
      Object.entries(scenario.edits).map(([kind, edits]) => [kind, edits.map((edit) => recordEdit(scenario, edit))]),
    ),
    links: scenario.links,
    server: scenario.server,
    replace: scenario.replace,
    assumed: [...scenario.assumed],
    gates: [...scenario.gates],
  };
}

function recordEdit(scenario: Scenario, edit: Edit): Record<string, string> {
  return edit.action === 'overlay' ? { ...edit, folder: relative(scenario.folder, edit.folder) } : { ...edit };
}
