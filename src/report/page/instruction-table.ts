import { cacheBreak, type OrderedStep } from '../../verdict/build-order.ts';
import type { ImageLayer } from '../../verdict/image-layers.ts';
import type { LayerMakers } from '../../verdict/layer-makers.ts';
import { formatBytes, formatDuration } from '../format.ts';
import { countOf } from '../gate-numbers.ts';
import { withoutDigest } from '../step-name.ts';
import { clip, html, type Markup } from './html.ts';
import { shareBar } from './share-bar.ts';
import { compactTable, numberColumns, type TableRow } from './table.ts';

/** So many instructions have a row; of more, those that take longest. */
const mostRows = 14;

/** A Dockerfile's instructions in order: which came from the cache, what the others took, and the layers they made. */
export function instructionTable(
  steps: readonly OrderedStep[],
  layers: readonly ImageLayer[],
  { known }: LayerMakers,
  releaseMs: number,
): Markup | null {
  if (steps.length === 0) return null;
  if (steps.every(({ step }) => step.cached)) {
    return html`<p class="minor">All ${countOf(steps.length, 'instruction')} came from the cache.</p>`;
  }
  const end = cacheBreak(steps);
  const kept = new Set([
    ...(end === null ? [] : [end]),
    ...steps.toSorted((one, other) => other.step.ms - one.step.ms).slice(0, mostRows),
  ]);
  const left = steps.filter((step) => !kept.has(step));
  const cached = left.filter(({ step }) => step.cached).length;
  const layerOf = (step: OrderedStep): ImageLayer | null => {
    const [digest] = [...known].find(([, maker]) => maker === step) ?? [];
    return layers.find((layer) => layer.digest === digest) ?? null;
  };
  const rest = `${countOf(left.length, 'shorter instruction')} more${cached === 0 ? '' : `, ${cached} of them from the cache`}`;
  return compactTable({
    caption: 'Instructions in their order; shares are of the release clock',
    columns: numberColumns('instruction', 'build', 'layer', 'up', 'down', 'share'),
    rows: steps.filter((step) => kept.has(step)).map((step) => rowOf(step, step === end, layerOf(step), releaseMs)),
    rest: left.length === 0 ? '' : rest,
  });
}

function rowOf(ordered: OrderedStep, isEnd: boolean, layer: ImageLayer | null, releaseMs: number): TableRow {
  const { step } = ordered;
  const [up, down] = [layer?.pushMs ?? null, layer?.pullMs ?? null];
  const spent = (step.cached ? 0 : step.ms) + (up ?? 0) + (down ?? 0);
  return {
    name: nameOf(ordered, isEnd),
    look: step.cached ? 'cached' : isEnd ? 'ends' : '',
    cells: [
      step.cached ? 'cached' : formatDuration(step.ms),
      layer === null ? '' : layerText(layer),
      timeText(up),
      timeText(down),
      shareBar(spent, releaseMs),
    ],
  };
}

function nameOf({ stage, instruction }: OrderedStep, isEnd: boolean): Markup {
  const where = stage === null || stage === '' ? null : html`<span class="stage">${clip(stage, 24)}</span> `;
  const mark = isEnd ? html`<span class="break" aria-hidden="true">▶ </span>` : null;
  const said = isEnd ? html` <span class="sr">(the cache ends here)</span>` : null;
  return html`${mark}${where}${clip(withoutDigest(instruction), 120)}${said}`;
}

function layerText({ moved, bytes }: ImageLayer): string {
  const size = bytes === null ? '' : formatBytes(bytes);
  return moved ? size || 'moved' : 'stayed';
}

function timeText(ms: number | null): string {
  return ms === null ? '' : formatDuration(ms);
}
