import { join } from 'node:path';
import fc from 'fast-check';
import { type MetricName, metricNamesOf, parseMetricName, unitOf } from '../../../src/results/metric-name.ts';
import type { Edit, Gate, Readiness, Scenario, Variant } from '../../../src/scenario/scenario.ts';
import { builderModes, deployKinds, editedKinds, gateLevels, replacements } from '../../../src/scenario/scenario.ts';
import { parseLinkProfile } from '../../../src/scenario/units-text.ts';
import { bytes, milliseconds } from '../../../src/units.ts';

/** What the scenarios below need in their folder. */
export const filesForAnyScenario = {
  Dockerfile: 'FROM a',
  'docker/slim.Dockerfile': 'FROM b',
  'src/a.txt': 'find me',
  'app/src/a.txt': 'find me',
  'overlay/new.txt': '{{nonce}}',
};

const text = fc.string({ unit: 'binary', maxLength: 30 });
const someText = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
const name = fc.stringMatching(/^[a-z](-?[a-z0-9]){0,12}$/);
const texts = fc.dictionary(
  fc.string({ unit: 'binary', maxLength: 12 }).filter((key) => key !== '__proto__'),
  text,
  { maxKeys: 3, noNullPrototype: true },
);
const duration = fc
  .oneof(fc.integer({ min: 1, max: 86_400_000 }), fc.constantFrom(1000, 60_000, 600_000))
  .map(milliseconds);
const expression = fc.constantFrom('ok', '^\\d+ "done"$', 'a\nb', "it's: {ready} # now");

const edit = (folder: string): fc.Arbitrary<Edit> =>
  fc.oneof(
    text.map((added) => ({ action: 'append', file: 'src/a.txt', text: `${added}{{nonce}}` }) as const),
    text.map(
      (added) => ({ action: 'replace', file: 'src/a.txt', find: 'find me', with: `find me${added}{{nonce}}` }) as const,
    ),
    fc.constant({ action: 'overlay', folder: join(folder, 'overlay') } as const),
  );

const ready: fc.Arbitrary<Readiness> = fc.oneof(
  fc.record({
    check: fc.constant('http' as const),
    path: text.map((path) => `/${path}`),
    status: fc.integer({ min: 100, max: 599 }),
    body: fc.option(expression),
    successes: fc.integer({ min: 1, max: 5 }),
    timeout: duration,
  }),
  fc.record({
    check: fc.constant('log' as const),
    pattern: expression,
    occurrences: fc.integer({ min: 1, max: 3 }),
    timeout: duration,
  }),
  fc.record({ check: fc.constantFrom('tcp' as const, 'healthcheck' as const, 'exit' as const), timeout: duration }),
);

const variant = (folder: string): fc.Arbitrary<Variant> =>
  fc.record({
    name,
    dockerfile: fc.constantFrom('Dockerfile', 'docker/slim.Dockerfile').map((path) => join(folder, path)),
    context: fc.constantFrom('.', 'app').map((path) => join(folder, path)),
    target: fc.option(someText),
    buildArgs: texts,
    builder: fc.constantFrom(...builderModes),
    ref: fc.constant(null),
    links: fc.constant(null),
  });

const link = fc.constantFrom('100mbps', '20mbps/30ms', 'lan', 'unshaped', '1.5gbps').map((label) => {
  const parsed = parseLinkProfile(label);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
});

const mostOf = { time: 86_400_000, bytes: Number.MAX_SAFE_INTEGER, count: 1000 } as const;

function gate(metric: MetricName, name: string): fc.Arbitrary<Gate> {
  const isTime = metric.sort === 'time';
  const budget = fc.integer({ min: isTime ? 1 : 0, max: mostOf[unitOf(metric)] });
  const maxIncrease = fc.integer({ min: 0, max: 100_000 }).map((tenths) => tenths / 10 / 100);
  const limits = fc
    .record({ budget: fc.option(budget), maxIncrease: fc.option(maxIncrease) })
    .filter((each) => each.budget !== null || each.maxIncrease !== null);
  const settings = fc.record({
    level: fc.constantFrom(...gateLevels),
    erratic: fc.boolean(),
    floor: fc.option(duration),
  });
  return fc.tuple(limits, settings).map(([own, { floor, level, erratic }]) => {
    const floorMs = isTime && own.maxIncrease !== null && floor !== null ? floor : milliseconds(200);
    return { metric: name, ...own, floorMs, level, erratic };
  });
}

/** Gates on metrics of these kinds. */
function gatesOn(kinds: readonly string[]): fc.Arbitrary<Gate[]> {
  const names = fc.uniqueArray(fc.constantFrom(...metricNamesOf(kinds)), { maxLength: 4 });
  return names.chain((chosen) =>
    fc.tuple(
      ...chosen.map((each) => {
        const metric = parseMetricName(each, kinds);
        if (metric === null) throw new Error(`${each} is no metric`);
        return gate(metric, each);
      }),
    ),
  );
}

/** Any scenario that a scenario.yaml in `folder` can describe. */
export function anyScenario(folder: string): fc.Arbitrary<Scenario> {
  const edits = fc.array(edit(folder), { minLength: 1, maxLength: 3 });
  const scenario = fc
    .record({
      name,
      description: text,
      folder: fc.constant(folder),
      variants: fc
        .uniqueArray(variant(folder), { minLength: 1, maxLength: 4, selector: (each) => each.name })
        .map(([first, ...others]): [Variant, ...Variant[]] => {
          if (first === undefined) throw new Error('there is at least one');
          return [first, ...others];
        }),
      app: fc.record({ port: fc.integer({ min: 1, max: 65_535 }), env: texts }),
      ready,
      edits: fc.record({ 'code-edit': edits, 'dependency-edit': edits }, { requiredKeys: [] }),
      links: fc.record({ uplink: link, downlink: link, mirror: link }),
      server: fc.record({
        cpus: fc.option(fc.double({ min: 0.05, max: 1024, noNaN: true })),
        memory: fc.option(
          fc.oneof(fc.integer({ min: 6 * 1024 ** 2, max: 1e12 }), fc.constantFrom(512e6, 2 ** 30)).map(bytes),
        ),
      }),
      replace: fc.constantFrom(...replacements),
      stopTimeout: duration,
      phaseTimeout: duration,
      assumed: fc.constant([]),
    })
    .chain((each) => {
      const deployed = deployKinds.filter(
        (kind) => kind === 'first' || editedKinds.some((edited) => edited === kind && each.edits[edited] !== undefined),
      );
      return gatesOn(deployed).map((gates): Scenario => ({ ...each, gates }));
    });
  // A job, for one, needs no port.
  const portless = scenario
    .filter(({ ready: { check } }) => check !== 'http' && check !== 'tcp')
    .map((each) => ({ ...each, app: { ...each.app, port: null } }));
  return fc.oneof(scenario, portless);
}
