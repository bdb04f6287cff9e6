import { describe, expect, it } from 'vitest';
import type { BuildStep, LayerTransfer, Sample } from '../../../src/results/sample.ts';
import { cacheBreak, instructionsOf } from '../../../src/verdict/build-order.ts';
import { imageLayers } from '../../../src/verdict/image-layers.ts';
import { layerMakers, layerOrder } from '../../../src/verdict/layer-makers.ts';
import { exampleSample } from '../results/example-run.ts';

const step = (name: string, cached: boolean, startMs: number, sort: BuildStep['sort'] = 'user'): BuildStep => ({
  name,
  sort,
  cached,
  startMs,
  ms: cached ? 0 : 50,
});

/** As BuildKit reports a build of two stages after an edit: cached steps in an order of its own. */
const twoStages: BuildStep[] = [
  step('[internal] load remote build context', false, 8, 'context'),
  step('[build 1/4] FROM docker.io/library/node:20', false, 84, 'base'),
  step('[stage-1 1/3] FROM docker.io/library/node:20-slim', false, 85, 'base'),
  step('[build 3/4] RUN npm ci', true, 95),
  step('[build 2/4] WORKDIR /app', true, 95),
  step('[build 4/4] COPY src ./src', false, 96),
  step('[stage-1 2/3] WORKDIR /app', true, 5255),
  step('[stage-1 3/3] COPY --from=build /app/dist ./dist', false, 5256),
  step('exporting to image', false, 5291, 'export'),
];

describe('the instructions of a build', () => {
  it('are in the order of the Dockerfile, the stage of the image last', () => {
    expect(instructionsOf(twoStages).map(({ instruction }) => instruction)).toEqual([
      'FROM docker.io/library/node:20',
      'WORKDIR /app',
      'RUN npm ci',
      'COPY src ./src',
      'FROM docker.io/library/node:20-slim',
      'WORKDIR /app',
      'COPY --from=build /app/dist ./dist',
    ]);
  });

  it('make layers in the last stage alone, and FROM makes none', () => {
    expect(
      instructionsOf(twoStages)
        .filter(({ makesLayer }) => makesLayer)
        .map(({ instruction }) => instruction),
    ).toEqual(['WORKDIR /app', 'COPY --from=build /app/dist ./dist']);
  });

  it('tell where the cache ends', () => {
    expect(cacheBreak(instructionsOf(twoStages))?.instruction).toBe('COPY src ./src');
    expect(cacheBreak(instructionsOf(twoStages.map((each) => ({ ...each, cached: false }))))).toBeNull();
    expect(cacheBreak(instructionsOf(twoStages.map((each) => ({ ...each, cached: each.sort === 'user' }))))).toBeNull();
  });
});

const moved = (digest: string, startMs: number, endMs: number, bytes = 10): LayerTransfer => ({
  digest,
  how: 'moved',
  bytes,
  startMs,
  endMs,
});
const present = (digest: string): LayerTransfer => ({
  digest,
  how: 'already-there',
  bytes: null,
  startMs: null,
  endMs: null,
});

function withLayers(push: LayerTransfer[] | null, pull: LayerTransfer[]): Sample {
  const clock = { ms: 100, source: 'monotonic', resolutionMs: 0.001 };
  const common = { wireBytes: 1, transferMs: 1, linkMs: 1 };
  const sample = exampleSample();
  return {
    ...sample,
    phases: {
      ...sample.phases,
      push: push === null ? null : { ...clock, detail: { layers: push, ...common, compressionMs: 0 } },
      pull: { ...clock, detail: { layers: pull, ...common, unpackTailMs: 0 } },
    },
  };
}

describe('the layers of an image', () => {
  const edit = withLayers(
    [present('base'), moved('code', 10, 50), moved('config', 60, 70)],
    [moved('config', 5, 9), moved('code', 6, 40), present('base')],
  );
  const first = withLayers(
    [moved('base', 1, 90, 5000), moved('old', 2, 40), moved('old-config', 95, 99)],
    [moved('base', 1, 90, 5000), moved('old', 1, 9)],
  );

  it('are those that stayed and then those that moved, without the configuration', () => {
    expect(imageLayers(edit, [first, edit])).toEqual([
      { digest: 'base', moved: false, bytes: 5000, pushMs: null, pullMs: null },
      { digest: 'code', moved: true, bytes: 10, pushMs: 40, pullMs: 34 },
    ]);
  });

  it('leave out a configuration that only another deploy of the run pushed', () => {
    const again = withLayers(null, [moved('config', 5, 9), moved('code', 6, 40), present('base')]);
    expect(imageLayers(again, [edit, again]).map(({ digest }) => digest)).toEqual(['base', 'code']);
  });

  it('take the last layer for no configuration where layers were still on their way', () => {
    const parallel = withLayers([moved('one', 1, 90), moved('two', 50, 60)], [moved('one', 1, 9), moved('two', 1, 9)]);
    expect(imageLayers(parallel, [parallel]).map(({ digest }) => digest)).toEqual(['one', 'two']);
  });
});

describe('who made a layer', () => {
  const steps = instructionsOf(twoStages);
  const layer = (digest: string, isMoved: boolean) => ({
    digest,
    moved: isMoved,
    bytes: 1,
    pushMs: null,
    pullMs: null,
  });

  it('is known for one layer and one instruction that was carried out', () => {
    const { known, together } = layerMakers(
      [layer('base', false), layer('dir', false), layer('code', true)],
      steps,
      null,
    );
    expect([...known].map(([digest, maker]) => [digest, maker.instruction])).toEqual([
      ['code', 'COPY --from=build /app/dist ./dist'],
    ]);
    expect(together).toEqual([]);
  });

  it('is known for all where another pull listed the same layers in their order', () => {
    const layers = [layer('base', false), layer('dir', true), layer('code', true)];
    const whole = withLayers(null, [present('base'), present('dir'), present('code')]);
    expect(layerOrder(layers, [whole])).toEqual(['base', 'dir', 'code']);
    const { known } = layerMakers(layers, steps, layerOrder(layers, [whole]));
    expect([...known].map(([digest, maker]) => [digest, maker.instruction])).toEqual([
      ['dir', 'WORKDIR /app'],
      ['code', 'COPY --from=build /app/dist ./dist'],
    ]);
  });

  it('is not guessed: several are named together', () => {
    const fresh = instructionsOf(twoStages.map((each) => ({ ...each, cached: false })));
    const { known, together } = layerMakers([layer('dir', true), layer('code', true)], fresh, null);
    expect(known.size).toBe(0);
    expect(together).toEqual(['WORKDIR /app', 'COPY --from=build /app/dist ./dist']);
    expect(layerOrder([layer('dir', true)], [])).toBeNull();
  });
});
