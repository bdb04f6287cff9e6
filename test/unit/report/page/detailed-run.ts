import type { RunFolder } from '../../../../src/results/run-folder.ts';
import type { BuildStep, LayerTransfer, Phases, Sample } from '../../../../src/results/sample.ts';
import { exampleRecord, noFacts } from '../../results/example-run.ts';

export type Change = (sample: Sample) => Sample;

export interface RunShape {
  readonly variants?: readonly string[];
  readonly rounds?: number;
  readonly kinds?: readonly string[];
  /** Instructions of the Dockerfile, the last ones of which are not cached after an edit. */
  readonly steps?: number;
  /** Of the app's own start. */
  readonly readyMs?: number;
  /** Times of each variant, as shares of the first one's. */
  readonly factors?: readonly number[];
  readonly change?: Change;
}

const clock = { source: 'monotonic', resolutionMs: 0.001 };
const baseLayers = 4;

/** A run whose samples have every detail that the engine and the links tell, drawn from formulas: the same shape gives the same run. */
export function detailedRun({
  variants = ['before', 'after'],
  rounds = 6,
  kinds = ['first', 'code-edit', 'no-change'],
  steps = 5,
  readyMs = 900,
  factors = [1, 0.4],
  change = (sample) => sample,
}: RunShape = {}): RunFolder {
  const record = exampleRecord(variants, rounds);
  const turns = Array.from({ length: rounds }, (_, at) => at + 1).flatMap((round) =>
    kinds.flatMap((kind) =>
      (round % 2 === 0 ? variants : variants.toReversed()).map((variant) => ({ round, kind, repeat: 1, variant })),
    ),
  );
  const samples = turns.map((turn, index) => {
    const at = variants.indexOf(turn.variant);
    const noise = 1 + 0.02 * Math.sin(7 * turn.round + 3 * at + index);
    return change(sampleOf(turn, index + 1, { factor: (factors[at] ?? 1) * noise, steps, readyMs: readyMs * noise }));
  });
  return { record: { ...record, plan: { ...record.plan, kinds: [...kinds], turns } }, samples, warnings: [] };
}

interface Size {
  readonly factor: number;
  readonly steps: number;
  readonly readyMs: number;
}

function sampleOf(
  turn: { readonly round: number; readonly kind: string; readonly repeat: number; readonly variant: string },
  order: number,
  size: Size,
): Sample {
  const phases = phasesOf(turn.kind, `${turn.variant}-${turn.round}`, size);
  const times = Object.values(phases).flatMap((phase) => (phase === null ? [] : [phase.ms]));
  const layers = baseLayers + size.steps - 1;
  return {
    schema: 2,
    ...turn,
    attempt: 1,
    order,
    outcome: 'ok',
    failure: null,
    startedAt: '2026-11-23T20:41:07.000Z',
    release: { ms: times.reduce((sum, ms) => sum + ms, 3) },
    phases,
    unattributedMs: 3,
    downtime: null,
    facts: {
      ...noFacts,
      'image.bytes': 4e8 * size.factor,
      'image.layers': layers,
      'build.steps': phases.build === null ? null : size.steps,
      'build.cachedSteps':
        phases.build === null ? null : (phases.build.detail?.steps.filter(({ cached }) => cached).length ?? 0),
    },
    evidence: [],
    tainted: [],
    warnings: [],
  };
}

function phasesOf(kind: string, name: string, { factor, steps, readyMs }: Size): Phases {
  const isFirst = kind === 'first';
  const moved = isFirst ? baseLayers + steps - 1 : kind === 'no-change' ? 0 : 2;
  const builds = kind !== 'new-server' && kind !== 'rollback';
  const buildSteps = stepsOf(steps, isFirst ? steps : kind === 'no-change' ? 0 : 2, factor);
  const buildMs = buildSteps.reduce((sum, step) => sum + step.ms, 40);
  const layers = layersOf(name, baseLayers + steps - 1, moved, factor);
  const transferMs = layers.reduce((end, { endMs }) => Math.max(end, endMs ?? 0), 20);
  const bytes = layers.reduce((sum, layer) => sum + (layer.bytes ?? 0), 0);
  const common = { layers, wireBytes: bytes, transferMs, linkMs: transferMs * 0.9 };
  const instant = { ms: readyMs, resolutionMs: 5 };
  return {
    build: builds
      ? {
          ms: buildMs,
          ...clock,
          detail: {
            contextPackMs: 3,
            contextBytes: 57_000,
            basePullMs: isFirst ? 900 * factor : 0,
            basePullBytes: isFirst ? 3e7 : null,
            exportMs: 20,
            cacheImported: null,
            cacheImportMs: null,
            cacheImportBytes: null,
            cacheExportMs: null,
            criticalPathMs: buildMs - 40,
            criticalPath: buildSteps.filter(({ cached }) => !cached).map((step) => step.name),
            steps: buildSteps,
          },
        }
      : null,
    push: builds ? { ms: transferMs + 30, ...clock, detail: { ...common, compressionMs: transferMs * 0.1 } } : null,
    pull: { ms: transferMs + 200, ...clock, detail: { ...common, unpackTailMs: 180 } },
    stop: isFirst
      ? null
      : { ms: 310, ...clock, detail: { gracePeriodMs: 10_000, stopMs: 290, killed: false, removeMs: 20, exitCode: 0 } },
    start: { ms: 420, ...clock, detail: { createMs: 60, startMs: 360 } },
    ready: {
      ms: readyMs,
      ...clock,
      detail: {
        check: 'http',
        listening: { ms: readyMs * 0.9, resolutionMs: 5 },
        firstResponse: instant,
        firstSuccess: instant,
        healthy: null,
        attempts: 120,
        lastStatus: 200,
        healthcheck: null,
      },
    },
  };
}

/** The last `fresh` of so many instructions are carried out, the others come from the cache. */
function stepsOf(count: number, fresh: number, factor: number): BuildStep[] {
  return Array.from({ length: count }, (_, at) => {
    const cached = at < count - fresh;
    const instruction =
      at === 0 ? 'FROM docker.io/library/node:20' : at % 2 === 1 ? `COPY part-${at} .` : `RUN npm run part-${at}`;
    return {
      name: `[${at + 1}/${count}] ${instruction}`,
      sort: at === 0 ? ('base' as const) : ('user' as const),
      cached,
      startMs: 30 + at * 700 * factor,
      ms: cached ? 0 : 700 * factor,
    };
  });
}

function layersOf(name: string, count: number, moved: number, factor: number): LayerTransfer[] {
  return Array.from({ length: count }, (_, at) => {
    const stays = at < count - moved;
    const digest = `sha256:${String(at).padStart(2, '0')}-${name}-`.padEnd(71, '0');
    const startMs = 10 + 40 * at;
    return stays
      ? { digest, how: 'already-there' as const, bytes: null, startMs: null, endMs: null }
      : { digest, how: 'moved' as const, bytes: Math.round(4e6 * factor), startMs, endMs: startMs + 320 * factor };
  });
}

/** Words that a schema fixes: they cannot be anything else in a folder that can be read. */
const fixed = new Set([
  'outcome',
  'how',
  'sort',
  'check',
  'imageStore',
  'rule',
  'builder',
  'level',
  'when',
  'replace',
  'startedAt',
  'direction',
]);

/** The same run with this at the end of every text that a person or a program wrote. */
export function withText<Value>(value: Value, text: string, key = ''): Value {
  const changed = (part: unknown, name: string): unknown => {
    if (typeof part === 'string') return fixed.has(name) || part === 'deployclock' ? part : `${part}${text}`;
    if (Array.isArray(part)) return part.map((item) => changed(item, name));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([own, item]) => [own, changed(item, own)]));
  };
  return changed(value, key) as Value;
}
