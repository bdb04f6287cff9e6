import { relative, sep } from 'node:path';
import { parseMetricName } from '../results/metric-name.ts';
import { gateOn } from './gates.ts';
import { writeBudget, writeIncrease } from './metric-limit.ts';
import {
  deployKinds,
  type Edit,
  editedKinds,
  type Gate,
  type Readiness,
  type Scenario,
  type Variant,
} from './scenario.ts';
import { writtenScenarioSchema } from './schema.ts';
import { writeDuration, writeSize } from './write-units.ts';

/** A key of a scenario.yaml. */
export type Line =
  | { readonly key: string; readonly value: unknown }
  | { readonly key: string; readonly lines: readonly Line[] }
  /** Commented out: the default, or an example. */
  | { readonly key: string; readonly off: string };

/** All keys of the scenario.yaml that says the same as this scenario, in the order in which people read them. */
export function linesOfScenario(scenario: Scenario): Line[] {
  const { folder, variants, links, server } = scenario;
  const defaults = writtenScenarioSchema.parse({ variants: { any: {} }, ready: { check: 'exit' } });
  const path = (absolute: string): string => relative(folder, absolute).split(sep).join('/') || '.';
  const context = sameOf(variants.map((variant) => path(variant.context)));
  const builder = sameOf(variants.map((variant) => variant.builder));
  const ofVariant = (variant: Variant): Line => ({
    key: variant.name,
    lines: [
      { key: 'dockerfile', value: path(variant.dockerfile) },
      context === null ? { key: 'context', value: path(variant.context) } : { key: 'context', off: 'app' },
      orExample('target', variant.target, 'runtime'),
      texts('build-args', variant.buildArgs),
      builder === null ? { key: 'builder', value: variant.builder } : { key: 'builder', off: builder },
    ],
  });
  const paths = (['uplink', 'downlink', 'mirror'] as const).map((each) =>
    unless(each, links[each].label, defaults.links[each].label),
  );
  return [
    { key: 'name', value: scenario.name },
    orExample('description', scenario.description === '' ? null : scenario.description, 'Two ways to build the app.'),
    unless('context', context ?? defaults.context, defaults.context),
    { key: 'variants', lines: variants.map(ofVariant) },
    unless('builder', builder ?? defaults.builder, defaults.builder),
    { key: 'app', lines: [orExample('port', scenario.app.port, '3000'), texts('env', scenario.app.env)] },
    { key: 'ready', lines: linesOfReady(scenario.ready, defaults.ready) },
    { key: 'edits', lines: editedKinds.map((kind) => linesOfEdits(kind, scenario.edits[kind] ?? [], path)) },
    { key: 'links', lines: paths },
    {
      key: 'server',
      lines: [
        orExample('cpus', server.cpus, '1'),
        orExample('memory', server.memory === null ? null : writeSize(server.memory), '1 GiB'),
      ],
    },
    unless('replace', scenario.replace, defaults.replace),
    {
      key: 'timeouts',
      lines: [
        unless('stop', writeDuration(scenario.stopTimeout), writeDuration(defaults.timeouts.stop)),
        unless('phase', writeDuration(scenario.phaseTimeout), writeDuration(defaults.timeouts.phase)),
      ],
    },
    { key: 'gates', lines: scenario.gates.length === 0 ? exampleGates : scenario.gates.flatMap(linesOfGate) },
  ];
}

const exampleGates: readonly Line[] = [
  { key: 'code-edit.release', off: '30 s' },
  { key: 'code-edit.pull', off: '{ max-slowdown: 5 % }' },
  { key: 'image.bytes', off: '{ budget: 300 MB, level: warn }' },
];

function linesOfGate({ metric: name, budget, maxIncrease, floorMs, level, erratic }: Gate): Line[] {
  const metric = parseMetricName(name, deployKinds);
  if (metric === null) return [];
  const usual = gateOn(name);
  const most = budget === null ? null : writeBudget(metric, budget);
  const value = {
    ...(most === null ? {} : { budget: most }),
    ...(maxIncrease === null
      ? {}
      : { [metric.sort === 'time' ? 'max-slowdown' : 'max-growth']: writeIncrease(maxIncrease) }),
    ...(floorMs === usual.floorMs ? {} : { floor: writeDuration(floorMs) }),
    ...(level === usual.level ? {} : { level }),
    ...(erratic === usual.erratic ? {} : { erratic }),
  };
  return [{ key: name, value: most !== null && Object.keys(value).length === 1 ? most : value }];
}

function linesOfReady(ready: Readiness, { timeout }: Readiness): Line[] {
  return [
    { key: 'check', value: ready.check },
    ...linesOfCheck(ready),
    unless('timeout', writeDuration(ready.timeout), writeDuration(timeout)),
  ];
}

/** The settings of the check that is made; those of the others would be refused. */
function linesOfCheck(ready: Readiness): Line[] {
  switch (ready.check) {
    case 'http':
      return [
        { key: 'path', value: ready.path },
        unless('status', ready.status, 200),
        orExample('body', ready.body, 'ok'),
        unless('successes', ready.successes, 1),
      ];
    case 'log':
      return [{ key: 'pattern', value: ready.pattern }, unless('occurrences', ready.occurrences, 1)];
    default:
      return [];
  }
}

const exampleFiles = {
  'code-edit': ['src/index.js', '// {{nonce}}'],
  'dependency-edit': ['requirements.txt', '# {{nonce}}'],
};

function linesOfEdits(
  kind: keyof typeof exampleFiles,
  edits: readonly Edit[],
  path: (absolute: string) => string,
): Line {
  const [file, text] = exampleFiles[kind];
  if (edits.length === 0) return { key: kind, off: `[{ append: { file: ${file}, text: "${text}" } }]` };
  const value = edits.map((edit) => {
    if (edit.action === 'overlay') return { overlay: path(edit.folder) };
    const { action, ...settings } = edit;
    return { [action]: settings };
  });
  return { key: kind, value };
}

/** What all have in common, or null. */
function sameOf<T>(values: readonly T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

function unless(key: string, value: string | number, usual: string | number): Line {
  return value === usual ? { key, off: String(usual) } : { key, value };
}

function orExample(key: string, value: string | number | null, example: string): Line {
  return value === null ? { key, off: example } : { key, value };
}

function texts(key: string, values: Readonly<Record<string, string>>): Line {
  return Object.keys(values).length === 0 ? { key, off: '{ NAME: "value" }' } : { key, value: values };
}
